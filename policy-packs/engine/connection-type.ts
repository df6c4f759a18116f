/** The resource that is guarded: the Windows 365 connection of the provider `windows365`. */
export const connectionType = "windows365:index:AzureNetworkConnection";
