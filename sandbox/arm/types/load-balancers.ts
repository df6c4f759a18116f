import { nameOf } from "../arm-id.ts";
import type { ArmError, ArmPut } from "../contract.ts";
import { defineRules } from "../define-rules.ts";
import { checkPublicIpIsFree, checkStaticAddress, freeAddress, identified } from "../ip-configurations.ts";
import { networkName } from "../name-rule.ts";
import { idsAt } from "../references.ts";
import { badRequest } from "../refusal.ts";
import { stableGuid } from "../stable.ts";
import { propertiesOf, record, records, refId, sameText, text } from "../wire.ts";

const collections = [
  "frontendIPConfigurations",
  "backendAddressPools",
  "loadBalancingRules",
  "probes",
  "outboundRules",
  "inboundNatRules",
];

/** Load balancers, as far as outbound rules and an appliance behind them need. Source: https://learn.microsoft.com/azure/load-balancer/skus (as of 2026-11-21). */
export const loadBalancers = defineRules({
  type: "Microsoft.Network/loadBalancers",
  apiVersion: "2024-05-01",
  name: networkName,
  place: "regional",
  references: [
    {
      path: "properties.frontendIPConfigurations[].properties.subnet.id",
      type: "Microsoft.Network/virtualNetworks/subnets",
    },
    {
      path: "properties.frontendIPConfigurations[].properties.publicIPAddress.id",
      type: "Microsoft.Network/publicIPAddresses",
      sameRegion: true,
    },
    {
      path: "properties.frontendIPConfigurations[].properties.publicIPPrefix.id",
      type: "Microsoft.Network/publicIPPrefixes",
      sameRegion: true,
    },
  ],
  refusePut,
  computed: ({ id, body, estate }) => ({
    resourceGuid: stableGuid(id),
    ...Object.fromEntries(
      collections.map((name) => [
        name,
        identified(id, name, body.properties[name], (entry) => {
          const subnetId = refId(propertiesOf(entry).subnet);
          if (subnetId === undefined) return {};
          return { privateIPAddress: text(propertiesOf(entry).privateIPAddress) ?? freeAddress(estate, subnetId) };
        }),
      ]),
    ),
  }),
  replaceOn: [],
  duration: { create: 5, update: 5, delete: 11 },
});

function* refusePut(put: ArmPut): Generator<ArmError> {
  const { id, body, estate } = put;
  const sku = text(record(body.sku).name) ?? "Basic";
  // Basic load balancers were retired on 2025-09-30: https://learn.microsoft.com/azure/load-balancer/load-balancer-basic-upgrade-guidance (as of 2026-11-21).
  if (sameText(sku, "Basic") && put.previous === undefined) {
    yield badRequest(
      "BasicLoadBalancerCreationNotSupported",
      `Load balancer ${nameOf(id)}: new load balancers of SKU Basic can no longer be created.`,
    );
  }
  for (const entry of records(body.properties.frontendIPConfigurations)) {
    const publicIp = refId(propertiesOf(entry).publicIPAddress);
    const ends = [publicIp, refId(propertiesOf(entry).subnet), refId(propertiesOf(entry).publicIPPrefix)].filter(
      (one) => one !== undefined,
    );
    if (ends.length !== 1) {
      yield badRequest(
        "LoadBalancerFrontendInvalid",
        `Frontend ${text(entry.name)} of load balancer ${nameOf(id)} must have one of subnet, public IP address and public IP prefix.`,
      );
    }
    if (publicIp !== undefined) {
      yield* checkPublicIpIsFree(put, publicIp);
      const other = text(record(estate.get(publicIp)?.sku).name) ?? "Basic";
      if (!sameText(other, sku)) {
        yield badRequest(
          "LoadBalancerSkuMismatch",
          `Load balancer ${nameOf(id)} has SKU ${sku}, its public IP address ${nameOf(publicIp)} has ${other}.`,
        );
      }
    }
    yield* checkStaticAddress(put, entry);
  }
  yield* checkInnerReferences(put);
}

// Rules name frontends, pools and probes of their own load balancer by id.
function* checkInnerReferences({ id, body }: ArmPut): Generator<ArmError> {
  const own = new Set(
    collections.flatMap((name) =>
      records(body.properties[name]).map((entry) => `${id}/${name}/${text(entry.name)}`.toLowerCase()),
    ),
  );
  const rules = ["loadBalancingRules", "outboundRules", "inboundNatRules"];
  const ends = ["frontendIPConfiguration.id", "frontendIPConfigurations[].id", "backendAddressPool.id", "probe.id"];
  for (const path of rules.flatMap((rule) => ends.map((end) => `properties.${rule}[].properties.${end}`))) {
    for (const reference of idsAt(body, path)) {
      if (own.has(reference.id.toLowerCase())) continue;
      yield badRequest(
        "InvalidResourceReference",
        `Resource ${reference.id} referenced by resource ${id} was not found. ` +
          "Please make sure that the referenced resource exists, and that both resources are in the same region.",
      );
    }
  }
}
