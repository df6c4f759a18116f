import { describe, expect, test } from "vitest";
import { topologyGraph } from "../../../cli/report/html/topology-graph.ts";
import { layOut } from "../../../cli/report/html/topology-layout.ts";
import { topologyWords } from "../../../cli/report/html/topology-svg.ts";
import { ip } from "../../model/support/build.ts";
import { type DesignWords, design, withSpoke } from "../../policy-packs/design.ts";

function words(says: DesignWords = {}): readonly string[] {
  return topologyWords(topologyGraph(design(says)));
}

describe("the picture of a network", () => {
  test("shows Cloud PC subnets, firewall and gateway in their virtual networks, and the peering", () => {
    expect(words()).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^Cloud PC subnet cpc .*: in virtual network spoke$/),
        expect.stringMatching(/^Azure Firewall .*: in virtual network hub$/),
        expect.stringMatching(/^virtual network hub is peered with virtual network spoke$/),
      ]),
    );
  });

  test("shows a peering that lets nothing pass as such", () => {
    const change = withSpoke((spoke) => ({ ...spoke, virtualNetworkPeerings: [] }));
    expect(words({ change })).toContain(
      "virtual network hub does not reach virtual network spoke (peering, not connected)",
    );
  });

  test("shows the same network in the same way every time", async () => {
    const graph = topologyGraph(design());
    expect(await layOut(graph)).toEqual(await layOut(topologyGraph(design())));
  });

  test("draws every box inside the one it belongs to, and no two on the same place", async () => {
    const { nodes, width, height } = await layOut(topologyGraph(design()));
    for (const node of nodes) {
      const home = nodes.find(({ id }) => id === node.parent) ?? { x: 0, y: 0, width, height };
      expect(node.x).toBeGreaterThanOrEqual(home.x);
      expect(node.y).toBeGreaterThanOrEqual(home.y);
      expect(node.x + node.width).toBeLessThanOrEqual(home.x + home.width);
      expect(node.y + node.height).toBeLessThanOrEqual(home.y + home.height);
    }
    const siblings = (one: (typeof nodes)[number]) =>
      nodes.filter((other) => other.parent === one.parent && other !== one);
    const overlaps = nodes.flatMap((one) =>
      siblings(one)
        .filter(
          (other) =>
            one.x < other.x + other.width &&
            other.x < one.x + one.width &&
            one.y < other.y + other.height &&
            other.y < one.y + one.height,
        )
        .map((other) => `${one.id} ${other.id}`),
    );
    expect(overlaps).toEqual([]);
  });

  test("leaves out what nobody could read any more, and counts it", () => {
    const change: DesignWords["change"] = (estate) => ({
      ...estate,
      virtualNetworks: [
        ...estate.virtualNetworks,
        ...Array.from({ length: 40 }, (_, index) => ({
          id: `/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/other${index}`,
          name: `other${index}`,
          addressSpace: [{ base: ip("172.16.0.0"), length: 24 }],
          dnsServers: [],
          subnets: [],
          virtualNetworkPeerings: [],
        })),
      ],
    });
    const graph = topologyGraph(design({ change }));
    const drawn = graph.nodes.filter(({ kind }) => kind === "virtualNetwork").map(({ lines }) => lines[1]);
    expect(drawn).toEqual(["spoke", "hub"]);
    expect(graph.leftOut).toBe(design({ change }).network.estate.virtualNetworks.length - 2);
  });
});
