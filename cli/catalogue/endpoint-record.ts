import { lastConfirmed } from "../../catalogue/age.ts";
import type { Endpoint } from "../../catalogue/endpoint.ts";
import { sourceOf } from "../../catalogue/sources.ts";

const everyJoinType = ["azureADJoin", "hybridAzureADJoin"];
const everyIntuneLocation = ["na", "eu", "ap"];

/** An endpoint row as `catalogue list --format json` prints it: every field of the contract, conditions written out. */
export function endpointRecord(row: Endpoint) {
  const { joinTypes, intuneLocations, features, editions } = row.when;
  return {
    id: row.id,
    service: row.service,
    side: row.side,
    clouds: row.clouds,
    destination: row.destination,
    protocol: row.protocol,
    ports: row.ports,
    purpose: row.purpose,
    requirement: row.requirement,
    when: {
      joinTypes: joinTypes ?? everyJoinType,
      intuneLocations: intuneLocations ?? everyIntuneLocation,
      features: features ?? [],
      ...(editions && { editions }),
    },
    tlsInspection: row.tlsInspection,
    proxy: row.proxy,
    vpn: row.vpn,
    healthCheck: row.healthCheck ?? null,
    errorType: row.errorType ?? null,
    fqdnTags: row.fqdnTags ?? [],
    serviceTags: row.serviceTags ?? [],
    addressesOf: row.addressesOf ?? null,
    note: row.note ?? null,
    status: row.status,
    choice: row.choice ?? null,
    source: { id: row.source, title: sourceOf(row.source).title, asOf: row.asOf },
    lastConfirmed: lastConfirmed(row),
  };
}
