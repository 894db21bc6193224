package io.warmgate.kube;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;

/** The key pair that signs the tokens of service accounts, in PEM files. */
record SigningKeys(Path privateKey, Path publicKey) {
  /** Those of a folder, made if they are not there yet. */
  static SigningKeys in(Path folder) throws IOException {
    SigningKeys keys = new SigningKeys(folder.resolve("sa.key"), folder.resolve("sa.pub"));
    if (!Files.exists(keys.publicKey)) {
      keys.make();
    }
    return keys;
  }

  private void make() throws IOException {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      KeyPair pair = generator.generateKeyPair();
      write(privateKey, "PRIVATE KEY", pair.getPrivate().getEncoded());
      write(publicKey, "PUBLIC KEY", pair.getPublic().getEncoded());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("RSA is required of every JDK", e);
    }
  }

  private static void write(Path file, String label, byte[] der) throws IOException {
    String body =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(der);
    Files.writeString(
        file, "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n");
  }
}
