package io.warmgate.operator.translate;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Certificates and private keys as PEM (RFC 7468). Messages never quote what they hold. */
public final class Pem {
  private static final Pattern PRIVATE_KEY =
      Pattern.compile("-----BEGIN (RSA )?PRIVATE KEY-----([^-]+)-----END");

  /** What precedes the length of a PKCS#1 key in the PKCS#8 form of it (RFC 5208 §5, RFC 8017). */
  private static final byte[] VERSION_AND_RSA = {
    0x02,
    0x01,
    0x00,
    0x30,
    0x0d,
    0x06,
    0x09,
    0x2a,
    (byte) 0x86,
    0x48,
    (byte) 0x86,
    (byte) 0xf7,
    0x0d,
    0x01,
    0x01,
    0x01,
    0x05,
    0x00
  };

  private Pem() {}

  /**
   * The first certificate of a chain.
   *
   * @throws GeneralSecurityException saying what is wrong
   */
  static Certificate leaf(byte[] pem) throws GeneralSecurityException {
    return certificates(pem).getFirst();
  }

  /**
   * All certificates of a chain or a bundle, at least one.
   *
   * @throws GeneralSecurityException saying what is wrong
   */
  public static List<Certificate> certificates(byte[] pem) throws GeneralSecurityException {
    Collection<? extends Certificate> chain =
        CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem));
    if (chain.isEmpty()) {
      throw new CertificateException("holds no certificate");
    }
    return List.copyOf(chain);
  }

  /**
   * Checks that the key is the certificate's: what one signs, the other verifies.
   *
   * @throws GeneralSecurityException saying what is wrong
   */
  static void checkPair(Certificate certificate, byte[] keyPem) throws GeneralSecurityException {
    PublicKey publicKey = certificate.getPublicKey();
    PrivateKey privateKey = privateKey(keyPem, publicKey.getAlgorithm());
    Signature signature = Signature.getInstance(signing(publicKey.getAlgorithm()));
    signature.initSign(privateKey);
    signature.update(certificate.getEncoded());
    byte[] signed = signature.sign();
    signature.initVerify(publicKey);
    signature.update(certificate.getEncoded());
    if (!signature.verify(signed)) {
      throw new GeneralSecurityException("is not the key of the certificate");
    }
  }

  private static String signing(String algorithm) {
    return switch (algorithm) {
      case "RSA" -> "SHA256withRSA";
      case "EC" -> "SHA256withECDSA";
      default -> algorithm;
    };
  }

  /**
   * A private key in PKCS#8 or PKCS#1.
   *
   * @param algorithm of its certificate's public key
   * @throws GeneralSecurityException saying what is wrong
   */
  public static PrivateKey privateKey(byte[] pem, String algorithm)
      throws GeneralSecurityException {
    Matcher block = PRIVATE_KEY.matcher(new String(pem, StandardCharsets.ISO_8859_1));
    if (!block.find()) {
      throw new GeneralSecurityException("holds no private key in PKCS#8 or PKCS#1");
    }
    try {
      byte[] der = Base64.getMimeDecoder().decode(block.group(2));
      byte[] pkcs8 = block.group(1) == null ? der : wrapped(der);
      return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    } catch (IllegalArgumentException | GeneralSecurityException e) {
      throw new GeneralSecurityException(
          "holds no private key for a certificate with " + algorithm, e);
    }
  }

  private static byte[] wrapped(byte[] pkcs1) {
    return sequence((byte) 0x30, concat(VERSION_AND_RSA, sequence((byte) 0x04, pkcs1)));
  }

  /** A DER element whose length takes two bytes: enough for a key of 16,384 bits. */
  private static byte[] sequence(byte tag, byte[] content) {
    byte[] head = {tag, (byte) 0x82, (byte) (content.length >> 8), (byte) content.length};
    return concat(head, content);
  }

  private static byte[] concat(byte[] a, byte[] b) {
    byte[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }
}
