import { z } from "zod";
import { assignedResource } from "./assigned-resource.ts";

/**
 * What users may do with their Cloud PCs, with the groups it is for.
 * https://learn.microsoft.com/graph/api/resources/cloudpcusersetting (v1.0, read 2026-11-21)
 */
export const cloudPcUserSetting = assignedResource({
  token: "windows365:index:CloudPcUserSetting",
  path: "/deviceManagement/virtualEndpoint/userSettings",
  odataType: "#microsoft.graph.cloudPcUserSetting",
  rules: {
    displayName: { schema: z.string().min(1), required: true },
    localAdminEnabled: { schema: z.boolean() },
    resetEnabled: { schema: z.boolean() },
    restorePointSetting: {
      schema: z.strictObject({
        frequencyType: z.enum(["default", "fourHours", "sixHours", "twelveHours", "sixteenHours", "twentyFourHours"]),
        userRestoreEnabled: z.boolean(),
      }),
    },
    groupIds: { schema: z.array(z.string().min(1)) },
  },
  parts: { restorePointSetting: ["frequencyType", "userRestoreEnabled"] },
  replaces: [],
  defaults: { localAdminEnabled: false, resetEnabled: false },
});
