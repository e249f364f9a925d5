export {
  TOKEN_AUDIENCE,
  TOKEN_ROLES,
  issueToken,
  localIssuer,
  openTokenKey,
  type IssuedToken,
  type IssuerPlace,
  type TokenClaims,
} from './local-issuer.js';
