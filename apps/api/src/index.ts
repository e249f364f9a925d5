export { ConfigError, describeConfig, readConfig, type GivenConfig } from './config/read-config.js';
export { SETTINGS, type ServiceConfig } from './config/settings.js';
export { serve, type ServeOptions } from './serve.js';
export { makeService, type Service, type ServiceOptions } from './service.js';
