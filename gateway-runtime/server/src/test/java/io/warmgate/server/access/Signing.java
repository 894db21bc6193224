package io.warmgate.server.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.function.UnaryOperator;

/** An issuer of tokens, with its keys. */
final class Signing {
  static final String ISSUER = "https://idp.example.com/";
  static final String AUDIENCE = "https://api.example.com";

  final JWK key;
  private final String algorithm;
  private final KeyPair ed25519;

  private Signing(JWK key, String algorithm, KeyPair ed25519) {
    this.key = key;
    this.algorithm = algorithm;
    this.ed25519 = ed25519;
  }

  static Signing of(String algorithm, String id) {
    try {
      KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      return new Signing(
          switch (algorithm) {
            case "EdDSA" -> {
              byte[] encoded = pair.getPublic().getEncoded();
              byte[] raw = Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
              yield new OctetKeyPair.Builder(Curve.Ed25519, Base64URL.encode(raw))
                  .keyID(id)
                  .build();
            }
            case "ES256" -> new ECKeyGenerator(Curve.P_256).keyID(id).generate();
            case "ES384" -> new ECKeyGenerator(Curve.P_384).keyID(id).generate();
            default -> new RSAKeyGenerator(2_048).keyID(id).generate();
          },
          algorithm,
          pair);
    } catch (JOSEException | GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** The public keys of several, as they are published. */
  static byte[] published(Signing... all) {
    return new JWKSet(List.of(all).stream().map(any -> any.key.toPublicJWK()).toList())
        .toString()
        .getBytes(StandardCharsets.UTF_8);
  }

  /** Claims that are good for an hour. */
  static JWTClaimsSet claims(String subject, UnaryOperator<JWTClaimsSet.Builder> change) {
    return change
        .apply(
            new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience(AUDIENCE)
                .subject(subject)
                .expirationTime(Date.from(Instant.now().plusSeconds(3_600))))
        .build();
  }

  String token(String subject) {
    return token(claims(subject, UnaryOperator.identity()));
  }

  String token(String subject, UnaryOperator<JWTClaimsSet.Builder> change) {
    return token(claims(subject, change));
  }

  String token(JWTClaimsSet claims) {
    return token(
        new JWSHeader.Builder(JWSAlgorithm.parse(algorithm)).keyID(key.getKeyID()).build(), claims);
  }

  String token(JWSHeader header, JWTClaimsSet claims) {
    try {
      if (algorithm.equals("EdDSA")) {
        String signed = header.toBase64URL() + "." + Base64URL.encode(claims.toString());
        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(ed25519.getPrivate());
        signature.update(signed.getBytes(StandardCharsets.US_ASCII));
        return signed + "." + Base64URL.encode(signature.sign());
      }
      JWSSigner signer =
          key instanceof RSAKey rsa ? new RSASSASigner(rsa) : new ECDSASigner((ECKey) key);
      SignedJWT jwt = new SignedJWT(header, claims);
      jwt.sign(signer);
      return jwt.serialize();
    } catch (JOSEException | GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
