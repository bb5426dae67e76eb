export { defineConfig } from '../config/config.js'
export type { BreakingOptions, DocsOptions, OutputOptions, RawgramConfig, SchemaPaths } from '../config/config.js'
