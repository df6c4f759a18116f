@node "%~dp0..\start.mjs" main %*
