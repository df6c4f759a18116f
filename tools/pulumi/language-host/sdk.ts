import { createRequire } from "node:module";
import { join } from "node:path";

type Grpc = typeof import("@grpc/grpc-js");
type Services = typeof import("@pulumi/pulumi/proto/language_grpc_pb.js");
type Messages = typeof import("@pulumi/pulumi/proto/language_pb.js");
type PluginMessages = typeof import("@pulumi/pulumi/proto/plugin_pb.js");
type Empty = typeof import("google-protobuf/google/protobuf/empty_pb.js");

/** What the language host needs of the Pulumi SDK that the program itself has installed. */
export interface Sdk {
  /** Version of `@pulumi/pulumi`. */
  readonly version: string;
  readonly grpc: Grpc;
  readonly services: Services;
  readonly messages: Messages;
  readonly pluginMessages: PluginMessages;
  readonly empty: Empty;
}

/**
 * Loads gRPC and the protocol from the `@pulumi/pulumi` that `folder` or a folder above it has installed.
 *
 * The host is copied beside the CLI, far from any `node_modules`, and must not depend on the clone that put it there.
 * gRPC is taken from the SDK's own place, because the generated stubs must see the very same copy.
 */
export function loadSdk(folder: string): Sdk {
  const manifest = resolveFrom(folder, "@pulumi/pulumi/package.json");
  const require = createRequire(manifest);
  const { version }: { version: string } = require(manifest);
  return {
    version,
    grpc: require("@grpc/grpc-js"),
    services: require("./proto/language_grpc_pb.js"),
    messages: require("./proto/language_pb.js"),
    pluginMessages: require("./proto/plugin_pb.js"),
    empty: require("google-protobuf/google/protobuf/empty_pb.js"),
  };
}

/** Finds a module as code in `folder` would. Throws one line that says what to do when it is not installed. */
export function resolveFrom(folder: string, module: string): string {
  try {
    return createRequire(join(folder, "package.json")).resolve(module);
  } catch (error) {
    throw new Error(`"${module}" is not installed in "${folder}" or above it: run "npm ci" there`, { cause: error });
  }
}
