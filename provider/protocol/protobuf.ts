import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

/** Messages of the engine's provider protocol. They are CommonJS without named exports for `import`. */
export const messages: typeof import("@pulumi/pulumi/proto/provider_pb.js") = require("@pulumi/pulumi/proto/provider_pb.js");

/** The provider service. */
export const services: typeof import("@pulumi/pulumi/proto/provider_grpc_pb.js") = require("@pulumi/pulumi/proto/provider_grpc_pb.js");

/** Messages about the plugin. */
export const pluginMessages: typeof import("@pulumi/pulumi/proto/plugin_pb.js") = require("@pulumi/pulumi/proto/plugin_pb.js");

/** Messages to the engine. */
export const engineMessages: typeof import("@pulumi/pulumi/proto/engine_pb.js") = require("@pulumi/pulumi/proto/engine_pb.js");

/** The engine's own service, which takes logs. */
export const engineServices: typeof import("@pulumi/pulumi/proto/engine_grpc_pb.js") = require("@pulumi/pulumi/proto/engine_grpc_pb.js");

/** The message without content. */
export const emptyMessages: typeof import("google-protobuf/google/protobuf/empty_pb.js") = require("google-protobuf/google/protobuf/empty_pb.js");

/** Objects of any shape. */
export const structMessages: typeof import("google-protobuf/google/protobuf/struct_pb.js") = require("google-protobuf/google/protobuf/struct_pb.js");
