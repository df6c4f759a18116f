/** One hub with a firewall, and so many regions behind it, each with two pools. */
export function environmentOf(regions: number): object {
  return {
    profile: { kind: "entra" },
    intuneLocation: "eu",
    protect: false,
    hubs: [
      {
        name: "hub",
        location: "westeurope",
        network: { mode: "create", addressSpace: ["10.0.0.0/24"] },
        firewall: { sku: "Standard" },
      },
    ],
    regions: Array.from({ length: regions }, (_, index) => ({
      name: `region${index + 1}`,
      location: "westeurope",
      network: { mode: "create", addressSpace: [`10.${index + 1}.0.0/20`] },
      egress: { via: "firewall" },
      pools: [
        { name: "staff", cloudPcCount: 200 },
        { name: "developers", cloudPcCount: 20 },
      ],
    })),
  };
}
