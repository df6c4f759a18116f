/** Source: https://learn.microsoft.com/azure/firewall/fqdn-tags (as of 2026-11-21) (text of 2026-03-28). */
const tags = [
  "AppServiceEnvironment",
  "AzureBackup",
  "AzureHDInsight",
  "AzureKubernetesService",
  "CitrixHDXPlusForWindows365",
  "MicrosoftActiveProtectionService",
  "MicrosoftIntune",
  "Office365",
  "Windows365",
  "WindowsDiagnostics",
  "WindowsUpdate",
  "WindowsVirtualDesktop",
];

const known = new Set(tags.map((tag) => tag.toLowerCase()));

/** Whether Azure Firewall publishes an FQDN tag of this name; "Office365" also takes a service and a category. */
export function isFqdnTag(text: string): boolean {
  return known.has(text.toLowerCase()) || /^Office365(\.\w+){1,3}$/i.test(text);
}
