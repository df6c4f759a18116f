import { nameOf, sameId } from "../arm-id.ts";
import { defineRules } from "../define-rules.ts";
import { conflict } from "../refusal.ts";

/** Storage accounts, whose names are one namespace over all of Azure. Source: https://learn.microsoft.com/azure/storage/common/storage-account-overview (as of 2026-11-21). */
export const storageAccounts = defineRules({
  type: "Microsoft.Storage/storageAccounts",
  apiVersion: "2024-01-01",
  name: {
    min: 3,
    max: 24,
    pattern: /^[a-z0-9]+$/,
    code: "AccountNameInvalid",
    characters:
      "Storage account name must be between 3 and 24 characters in length and use numbers and lower-case letters only.",
  },
  place: "regional",
  defaults: {
    accessTier: "Hot",
    supportsHttpsTrafficOnly: true,
    minimumTlsVersion: "TLS1_0",
    allowBlobPublicAccess: false,
  },
  *refusePut({ id, estate }) {
    const taken = estate
      .list("Microsoft.Storage/storageAccounts")
      .some((other) => other.name === nameOf(id) && !sameId(other.id, id));
    if (taken)
      yield conflict("StorageAccountAlreadyTaken", `The storage account named ${nameOf(id)} is already taken.`);
  },
  computed: ({ id, body }) => ({
    primaryLocation: body.location,
    statusOfPrimary: "available",
    primaryEndpoints: Object.fromEntries(
      ["blob", "file", "queue", "table", "dfs"].map((service) => [
        service,
        `https://${nameOf(id)}.${service}.core.windows.net/`,
      ]),
    ),
  }),
  // Source: provider/pkg/gen/replacement.go of pulumi-azure-native, read 2026-11-21.
  replaceOn: ["location", "properties.isHnsEnabled"],
  duration: { create: 25, update: 5, delete: 5 },
});
