import { type Prefix, prefixSize } from "./prefix.ts";

/**
 * Addresses Azure keeps in every subnet: the first four and the last.
 * Source: https://learn.microsoft.com/azure/virtual-network/virtual-networks-faq (read 2026-11-21).
 */
export const reservedAddressCount = 5;

/**
 * How many addresses to hold for each Cloud PC. The Azure Architecture Center asks for 1.5 to 2 times the largest number
 * of Cloud PCs (provisioning, reprovisioning, health checks); the Windows 365 pages ask to keep half of the subnet free
 * for disaster recovery. Two satisfies both.
 * Sources: https://learn.microsoft.com/azure/architecture/example-scenario/wvd/windows-365-azure-network-connection
 * (dated 2025-06-05) and https://learn.microsoft.com/windows-365/enterprise/create-azure-network-connection (dated
 * 2024-04-01), read 2026-11-21.
 */
export const addressesPerCloudPc = 2;

/**
 * Windows 365 retries a failed provisioning three times, and each try may hold its address for hours, so even the
 * smallest subnet needs this many addresses beyond its Cloud PCs.
 * Source: https://learn.microsoft.com/windows-365/enterprise/troubleshoot-azure-network-connection (dated 2025-01-20,
 * read 2026-11-21).
 */
export const provisioningRetryCount = 3;

/** How many Cloud PCs a subnet is for. */
export interface CloudPcDemand {
  /** Cloud PCs in full use today; at least 1. */
  readonly cloudPcCount: number;
  /** Growth to leave room for, as a fraction: 0.2 is a fifth more. */
  readonly growth: number;
}

/** Addresses a subnet must hold, those that Azure keeps included: `5 + max(2 × peak, peak + 3)`, peak after growth. */
export function requiredAddressCount(demand: CloudPcDemand): number {
  const peak = cloudPcCountPeak(demand);
  return reservedAddressCount + Math.max(addressesPerCloudPc * peak, peak + provisioningRetryCount);
}

/** Length of the smallest subnet that holds the demand, for example 24 for 100 Cloud PCs growing by a fifth; never above 28. */
export function requiredSubnetLength(demand: CloudPcDemand): number {
  return 32 - Math.ceil(Math.log2(requiredAddressCount(demand)));
}

/** Cloud PCs after growth, rounded up. */
export function cloudPcCountPeak({ cloudPcCount, growth }: CloudPcDemand): number {
  // 100 × 1.1 is 110.00000000000001 in binary; a millionth of a Cloud PC is no Cloud PC.
  return Math.ceil(cloudPcCount * (1 + growth) - 1e-6);
}

/** Addresses of a subnet that network interfaces can have; none below a /29. */
export function usableAddresses(subnet: Prefix): number {
  return Math.max(0, prefixSize(subnet) - reservedAddressCount);
}

/** The most Cloud PCs (after growth) that a subnet holds with the room described at `requiredAddressCount`. */
export function cloudPcCountMax(subnet: Prefix): number {
  const usable = usableAddresses(subnet);
  return Math.max(0, Math.min(Math.floor(usable / addressesPerCloudPc), usable - provisioningRetryCount));
}
