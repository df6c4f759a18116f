/** Where Graph has the Azure network connections. */
export const connectionsPath = "/deviceManagement/virtualEndpoint/onPremisesConnections";
