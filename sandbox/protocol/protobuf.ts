import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

/** Messages of the engine's provider protocol. They are CommonJS without named exports for `import`. */
export const messages: typeof import("@pulumi/pulumi/proto/provider_pb.js") = require("@pulumi/pulumi/proto/provider_pb.js");

/** The provider service itself. */
export const services: typeof import("@pulumi/pulumi/proto/provider_grpc_pb.js") = require("@pulumi/pulumi/proto/provider_grpc_pb.js");

/** Messages about the plugin. */
export const pluginMessages: typeof import("@pulumi/pulumi/proto/plugin_pb.js") = require("@pulumi/pulumi/proto/plugin_pb.js");

/** The status of a failed call, with room for details. */
export const statusMessages: typeof import("@pulumi/pulumi/proto/status_pb.js") = require("@pulumi/pulumi/proto/status_pb.js");

/** A message of any type. */
export const anyMessages: typeof import("google-protobuf/google/protobuf/any_pb.js") = require("google-protobuf/google/protobuf/any_pb.js");

/** The message without content. */
export const emptyMessages: typeof import("google-protobuf/google/protobuf/empty_pb.js") = require("google-protobuf/google/protobuf/empty_pb.js");

/** Objects of any shape. */
export const structMessages: typeof import("google-protobuf/google/protobuf/struct_pb.js") = require("google-protobuf/google/protobuf/struct_pb.js");

/** Version of an installed package. */
export function packageVersion(name: "@pulumi/azure-native" | "@pulumi/azuread"): string {
  const { version }: { readonly version: string } = require(`${name}/package.json`);
  return version;
}
