package io.warmgate.config;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * An immutable snapshot of a gateway's configuration, as it lies in the {@code current} and {@code
 * acknowledged} ConfigMaps (file {@value #FILE}) and as it is pushed: the same bytes.
 *
 * @param gateway uid of the {@code ApiGateway}
 * @param number counts up from 1 for each gateway
 * @param format of the configuration inside; {@link GatewayConfig#FORMAT}
 * @param hash lower-case hexadecimal SHA-256 of the configuration's JSON, uncompressed
 * @param config gzip of the configuration's JSON (base64 in JSON); never changed. Revisions are
 *     told apart by number and hash, not by equals
 */
@SuppressWarnings("ArrayRecordComponent")
public record Revision(String gateway, long number, int format, String hash, byte[] config) {

  /** Where a pod finds it in the mounted folder. */
  public static final String FILE = "revision.json";

  /** What the uncompressed configuration may have at most: a bomb is refused, not unpacked. */
  private static final int MAX_CONFIG_BYTES = 256 << 20;

  public Revision {
    Check.text("gateway", gateway);
    Check.range("number", number, 1, Long.MAX_VALUE);
    Check.range("format", format, 1, Integer.MAX_VALUE);
    Check.text("hash", hash);
    Check.present("config", config);
  }

  /** The revision {@code number} of what {@code config} says. */
  public static Revision of(long number, GatewayConfig config) {
    byte[] json = Json.write(config);
    return new Revision(
        config.gateway().uid(), number, GatewayConfig.FORMAT, sha256(json), gzip(json));
  }

  /**
   * @throws ConfigException where the bytes are no revision
   */
  public static Revision parse(byte[] json) {
    return Json.read(json, Revision.class);
  }

  public byte[] toJson() {
    return Json.write(this);
  }

  /** Whether both hold the same configuration, whatever their numbers. */
  public boolean sameConfig(Revision other) {
    return format == other.format && hash.equals(other.hash) && gateway.equals(other.gateway);
  }

  /**
   * The configuration inside.
   *
   * @throws ConfigException where the format is not read here, the hash does not match, or the
   *     configuration is wrong
   */
  public GatewayConfig open() {
    Check.that(
        format == GatewayConfig.FORMAT,
        "format",
        "is " + format + ", and this runtime reads " + GatewayConfig.FORMAT);
    byte[] json = gunzip(config);
    Check.that(sha256(json).equals(hash), "hash", "does not match the configuration");
    GatewayConfig opened = Json.read(json, GatewayConfig.class);
    Check.that(
        opened.gateway().uid().equals(gateway), "gateway", "is not the configuration's gateway");
    return opened;
  }

  private static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static byte[] gunzip(byte[] bytes) {
    try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      byte[] unpacked = gzip.readNBytes(MAX_CONFIG_BYTES + 1);
      Check.that(
          unpacked.length <= MAX_CONFIG_BYTES,
          "config",
          "has more than " + MAX_CONFIG_BYTES + " bytes");
      return unpacked;
    } catch (IOException e) {
      throw new ConfigException("config", "is not gzip: " + e.getMessage());
    }
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
