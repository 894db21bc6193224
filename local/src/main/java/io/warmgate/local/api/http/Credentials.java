package io.warmgate.local.api.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HexFormat;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * Who the server is and who may use it: a self-signed certificate for 127.0.0.1 and a bearer token.
 * TLS is needed because kubectl sends no token without it.
 *
 * @param certificate in PEM
 * @param key in PEM (PKCS #8)
 */
public record Credentials(String certificate, String key, String token) {
  private static final int TOKEN_BYTES = 24;
  private static final Duration VALIDITY = Duration.ofDays(3650);

  /** Those kept in a folder; made and kept there where there are none. */
  public static Credentials keptIn(Path folder) {
    Path certificate = folder.resolve("api.crt");
    Path key = folder.resolve("api.key");
    Path token = folder.resolve("api.token");
    try {
      if (Files.exists(certificate) && Files.exists(key) && Files.exists(token)) {
        return new Credentials(
            Files.readString(certificate), Files.readString(key), Files.readString(token));
      }
      Credentials made = make();
      writePrivately(certificate, made.certificate);
      writePrivately(key, made.key);
      writePrivately(token, made.token);
      return made;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Writes a file that its owner alone can read, in place of what was there.
   *
   * @throws IOException if it cannot
   */
  public static void writePrivately(Path file, String text) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, text);
  }

  public static Credentials make() {
    byte[] token = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(token);
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair pair = generator.generateKeyPair();
      return new Credentials(
          pem("CERTIFICATE", certificate(pair)),
          pem("PRIVATE KEY", pair.getPrivate().getEncoded()),
          HexFormat.of().formatHex(token));
    } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
      throw new IllegalStateException("cannot make a certificate", e);
    }
  }

  private static byte[] certificate(KeyPair pair)
      throws OperatorCreationException, IOException, CertificateException {
    Instant now = Instant.now();
    X500Name name = new X500Name("CN=warmgate-local");
    X509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            name,
            BigInteger.valueOf(now.toEpochMilli()),
            Date.from(now.minus(Duration.ofHours(1))),
            Date.from(now.plus(VALIDITY)),
            name,
            pair.getPublic());
    GeneralName[] names = {
      new GeneralName(GeneralName.iPAddress, "127.0.0.1"),
      new GeneralName(GeneralName.dNSName, "localhost")
    };
    builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
    return builder
        .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()))
        .getEncoded();
  }

  private static String pem(String label, byte[] der) {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
  }

  /** Does not print the secrets. */
  @Override
  public String toString() {
    return "Credentials[redacted]";
  }
}
