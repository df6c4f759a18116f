import { servePack } from "../engine/serve-pack.ts";
import { networkRules } from "./rules.ts";

servePack("network", "Whether Cloud PCs will provision on a network and reach what Microsoft documents.", networkRules);
