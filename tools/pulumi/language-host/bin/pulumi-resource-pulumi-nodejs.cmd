@node "%~dp0..\start.mjs" dynamic-provider %*
