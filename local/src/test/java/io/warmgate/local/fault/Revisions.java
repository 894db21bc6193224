package io.warmgate.local.fault;

import io.warmgate.config.Revision;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Revisions, looked into, and such as no runtime takes. */
final class Revisions {
  private Revisions() {}

  /** The configuration inside, as JSON. */
  static String text(Revision revision) {
    try (var gzip = new GZIPInputStream(new ByteArrayInputStream(revision.config()))) {
      return new String(gzip.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The next one after this, whole, but with a field that this runtime does not know. */
  static Revision withUnknownField(Revision revision) {
    try {
      byte[] changed =
          text(revision).replaceFirst("\\{", "{\"future\":true,").getBytes(StandardCharsets.UTF_8);
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(changed);
      return new Revision(
          revision.gateway(),
          revision.number() + 1,
          revision.format(),
          HexFormat.of().formatHex(hash),
          zipped(changed));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static byte[] zipped(byte[] bytes) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }
}
