package io.warmgate.server.admin;

import io.warmgate.config.admin.AdminApi;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Admin Secrets with a fresh certificate, as the operator mints them. */
public final class Certificates {
  private Certificates() {}

  /** Writes the Secret's files. */
  public static void mint(Path directory, String token, int serial) throws IOException {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(256);
      KeyPair pair = generator.generateKeyPair();
      Instant now = Instant.now();
      X500Name name = new X500Name("CN=edge.admin.warmgate");
      var certificate =
          new JcaX509v3CertificateBuilder(
                  name,
                  BigInteger.valueOf(serial),
                  Date.from(now.minus(1, ChronoUnit.HOURS)),
                  Date.from(now.plus(1, ChronoUnit.DAYS)),
                  name,
                  pair.getPublic())
              .addExtension(
                  Extension.subjectAlternativeName,
                  false,
                  new GeneralNames(new GeneralName(GeneralName.dNSName, "edge.admin.warmgate")))
              .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()));
      Files.createDirectories(directory);
      Files.writeString(directory.resolve(AdminApi.TLS_CERTIFICATE), pem(certificate));
      Files.writeString(
          directory.resolve(AdminApi.TLS_PRIVATE_KEY),
          pem(new JcaPKCS8Generator(pair.getPrivate(), null)));
      Files.writeString(directory.resolve(AdminApi.OPERATOR_TOKEN), token);
      Files.writeString(directory.resolve(AdminApi.PURGE_TOKEN), token + "-purge");
    } catch (GeneralSecurityException | OperatorCreationException e) {
      throw new IOException(e);
    }
  }

  private static String pem(Object object) throws IOException {
    StringWriter out = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(out)) {
      writer.writeObject(object);
    }
    return out.toString();
  }
}
