package io.warmgate.server.cache.redis;

import java.io.StringWriter;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate authority. */
public final class TestAuthority {
  private final X500Name name;
  private final KeyPair keys = keys();
  private final X509CertificateHolder certificate;

  /** A certificate and its private key, PEM. */
  public record Issued(String certificate, String privateKey) {}

  public TestAuthority(String name) {
    this.name = new X500Name("CN=" + name);
    this.certificate = sign(this.name, keys, true);
  }

  public String pem() {
    return pem(certificate);
  }

  /** A certificate for these names and addresses. */
  public Issued issue(String... names) {
    KeyPair pair = keys();
    return new Issued(pem(sign(new X500Name("CN=issued"), pair, false, names)), pem(pair));
  }

  private X509CertificateHolder sign(
      X500Name subject, KeyPair pair, boolean authority, String... names) {
    try {
      Instant now = Instant.now();
      JcaX509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              name,
              new BigInteger(120, new SecureRandom()),
              Date.from(now.minusSeconds(3_600)),
              Date.from(now.plusSeconds(86_400)),
              subject,
              pair.getPublic());
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
      if (names.length > 0) {
        GeneralName[] all = new GeneralName[names.length];
        for (int i = 0; i < names.length; i++) {
          boolean address = names[i].matches("[0-9.]+|.*:.*");
          all[i] = new GeneralName(address ? GeneralName.iPAddress : GeneralName.dNSName, names[i]);
        }
        builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(all));
      }
      return builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static KeyPair keys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(256);
      return generator.generateKeyPair();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static String pem(Object object) {
    try {
      StringWriter out = new StringWriter();
      try (JcaPEMWriter writer = new JcaPEMWriter(out)) {
        writer.writeObject(
            object instanceof KeyPair pair
                ? new JcaPKCS8Generator(pair.getPrivate(), null)
                : object);
      }
      return out.toString();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
