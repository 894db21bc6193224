package io.warmgate.server.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An issuer's public keys (RFC 7517 §5). What no asymmetric signature is verified by is left out:
 * shared secrets, keys for encryption, RSA keys of less than 2048 bits (RFC 7518 §3.3).
 */
final class KeySet {
  /** Keys of a set; more are not an issuer's. */
  private static final int MAX_KEYS = 100;

  /** So many are tried for a token that does not name its key. */
  private static final int MAX_TRIES = 4;

  private static final int MIN_RSA_BITS = 2_048;
  private static final int MAX_RSA_BITS = 16_384;

  /** RFC 8410 §4: what a raw Ed25519 key has in front of it in a SubjectPublicKeyInfo. */
  private static final byte[] ED25519 = {
    0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00
  };

  private final List<Key> keys;

  private record Key(
      @Nullable String id, @Nullable String algorithm, @Nullable String curve, PublicKey key) {}

  private KeySet(List<Key> keys) {
    this.keys = keys;
  }

  /**
   * @param json a JWK Set, in UTF-8
   * @throws ParseException where it is none, or has no key that a signature is verified by
   */
  static KeySet parse(byte[] json) throws ParseException {
    List<Key> keys = new ArrayList<>();
    List<JWK> all = JWKSet.parse(new String(json, StandardCharsets.UTF_8)).getKeys();
    if (all.size() > MAX_KEYS) {
      throw new ParseException("more than " + MAX_KEYS + " keys", 0);
    }
    for (JWK any : all) {
      Key key = verifies(any) ? key(any) : null;
      if (key != null) {
        keys.add(key);
      }
    }
    if (keys.isEmpty()) {
      throw new ParseException("no key that a signature is verified by", 0);
    }
    return new KeySet(List.copyOf(keys));
  }

  /** RFC 7517 §4.2 and §4.3. */
  private static boolean verifies(JWK key) {
    return (key.getKeyUse() == null || key.getKeyUse().equals(KeyUse.SIGNATURE))
        && (key.getKeyOperations() == null || key.getKeyOperations().contains(KeyOperation.VERIFY));
  }

  private static @Nullable Key key(JWK key) {
    String algorithm = key.getAlgorithm() == null ? null : key.getAlgorithm().getName();
    try {
      return switch (key) {
        case RSAKey rsa when rsa.size() >= MIN_RSA_BITS && rsa.size() <= MAX_RSA_BITS ->
            new Key(rsa.getKeyID(), algorithm, null, rsa.toRSAPublicKey());
        case ECKey ec ->
            new Key(ec.getKeyID(), algorithm, ec.getCurve().getName(), ec.toECPublicKey());
        case OctetKeyPair pair when Curve.Ed25519.equals(pair.getCurve()) ->
            new Key(pair.getKeyID(), algorithm, null, ed25519(pair.getDecodedX()));
        default -> null;
      };
    } catch (JOSEException | GeneralSecurityException _) {
      return null;
    }
  }

  private static PublicKey ed25519(byte[] raw) throws GeneralSecurityException {
    byte[] encoded = new byte[ED25519.length + raw.length];
    System.arraycopy(ED25519, 0, encoded, 0, ED25519.length);
    System.arraycopy(raw, 0, encoded, ED25519.length, raw.length);
    return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
  }

  /**
   * Whether one of the keys made the signature.
   *
   * @param signed what it is over
   * @return null: it has; else {@link Refusal#UNKNOWN_SIGNER} or {@link Refusal#SIGNATURE}
   */
  @Nullable Refusal refuses(JWSHeader header, byte[] signed, Base64URL signature) {
    int tries = 0;
    for (Key key : keys) {
      if (tries < MAX_TRIES && fits(key, header)) {
        tries++;
        if (verifies(key, header, signed, signature)) {
          return null;
        }
      }
    }
    return tries == 0 ? Refusal.UNKNOWN_SIGNER : Refusal.SIGNATURE;
  }

  private static boolean fits(Key key, JWSHeader header) {
    String algorithm = header.getAlgorithm().getName();
    return (header.getKeyID() == null || header.getKeyID().equals(key.id))
        && (key.algorithm == null || key.algorithm.equals(algorithm))
        && switch (key.key) {
          case RSAPublicKey _ -> algorithm.startsWith("RS") || algorithm.startsWith("PS");
          case ECPublicKey _ -> algorithm.equals(algorithmOf(key.curve));
          default -> algorithm.equals("EdDSA");
        };
  }

  /** RFC 7518 §3.4: each algorithm has its curve. */
  private static @Nullable String algorithmOf(@Nullable String curve) {
    return switch (curve) {
      case "P-256" -> "ES256";
      case "P-384" -> "ES384";
      case "P-521" -> "ES512";
      case null, default -> null;
    };
  }

  private static boolean verifies(Key key, JWSHeader header, byte[] signed, Base64URL signature) {
    try {
      if (header.getAlgorithm().equals(JWSAlgorithm.EdDSA)) {
        Signature ed25519 = Signature.getInstance("Ed25519");
        ed25519.initVerify(key.key);
        ed25519.update(signed);
        return ed25519.verify(signature.decode());
      }
      JWSVerifier verifier =
          key.key instanceof RSAPublicKey rsa
              ? new RSASSAVerifier(rsa)
              : new ECDSAVerifier((ECPublicKey) key.key);
      return verifier.verify(header, signed, signature);
    } catch (JOSEException | GeneralSecurityException _) {
      return false;
    }
  }
}
