package io.warmgate.operator.identity;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A self-signed certificate that one gateway's pods serve their admin API with: EC P-256, server
 * authentication alone. It is trusted as itself, not through an authority.
 */
public record AdminCertificate(X509Certificate certificate, PrivateKey privateKey) {
  /** How long one is valid. */
  public static final Duration LIFETIME = Duration.ofDays(90);

  /** Pods and operator need not agree on the time to the second. */
  private static final Duration CLOCK_SKEW = Duration.ofHours(1);

  /** The largest common name that X.520 allows. */
  private static final int MAX_COMMON_NAME = 64;

  /**
   * Mints one.
   *
   * @param names its DNS names, at least one
   */
  public static AdminCertificate mint(List<String> names, Instant now) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair keys = generator.generateKeyPair();
      return new AdminCertificate(selfSigned(names, keys, now), keys.getPrivate());
    } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
      throw new IllegalStateException("no certificate could be minted for " + names, e);
    }
  }

  private static X509Certificate selfSigned(List<String> names, KeyPair keys, Instant now)
      throws GeneralSecurityException, OperatorCreationException, IOException {
    String name = names.getFirst();
    String common = name.substring(0, Math.min(name.length(), MAX_COMMON_NAME));
    X500Name subject = new X500NameBuilder().addRDN(BCStyle.CN, common).build();
    X509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
                subject,
                new BigInteger(127, new SecureRandom()),
                Date.from(now.minus(CLOCK_SKEW)),
                Date.from(now.plus(LIFETIME)),
                subject,
                keys.getPublic())
            .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
            .addExtension(
                Extension.extendedKeyUsage,
                false,
                new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))
            .addExtension(
                Extension.subjectAlternativeName,
                false,
                new GeneralNames(
                    names.stream()
                        .map(each -> new GeneralName(GeneralName.dNSName, each))
                        .toArray(GeneralName[]::new)));
    return new JcaX509CertificateConverter()
        .getCertificate(
            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
  }

  public String certificatePem() {
    return pem(certificate);
  }

  /** PKCS#8. */
  public String privateKeyPem() {
    try {
      return pem(new JcaPKCS8Generator(privateKey, null));
    } catch (IOException e) {
      throw new IllegalStateException("a minted key cannot be written", e);
    }
  }

  private static String pem(Object object) {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      writer.writeObject(object);
    } catch (IOException e) {
      throw new IllegalStateException("PEM cannot be written", e);
    }
    return text.toString();
  }

  @Override
  public String toString() {
    return "AdminCertificate[" + certificate.getSubjectX500Principal() + "]";
  }
}
