package io.warmgate.server.cache.redis;

import io.warmgate.server.FreePort;
import io.warmgate.server.cache.redis.TestAuthority.Issued;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A real Redis that also speaks TLS, on a port of its own, and asks for a client certificate; over
 * its plain port a test looks at what it holds.
 */
public final class TlsRedis implements AutoCloseable {
  public static final String NAME = "redis.test";

  public final RealRedis plain = new RealRedis();
  private final int port = FreePort.onLoopback();
  private final Path folder;

  /**
   * @param clients signs the certificates that it takes
   */
  public TlsRedis(Issued server, TestAuthority clients) {
    try {
      folder = Files.createTempDirectory("redis-tls");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    plain.start(
        "--tls-port",
        Integer.toString(port),
        "--tls-cert-file",
        file("server.crt", server.certificate()),
        "--tls-key-file",
        file("server.key", server.privateKey()),
        "--tls-ca-cert-file",
        file("clients.crt", clients.pem()),
        "--tls-auth-clients",
        "yes");
  }

  /** Takes certificates that this authority signed, and no others, from the next connection on. */
  public void admit(TestAuthority clients) {
    String reply = plain.ask("CONFIG SET tls-ca-cert-file " + file("others.crt", clients.pem()));
    if (!reply.startsWith("+OK")) {
      throw new IllegalStateException(reply);
    }
  }

  /** By address, as it is reached; its certificate has another name. */
  public RedisAddress address(String serverName, TestAuthority trusted, @Nullable Issued shown) {
    return new RedisAddress(
        "127.0.0.1",
        port,
        null,
        null,
        new RedisTls(
            serverName,
            trusted.pem(),
            shown == null ? null : shown.certificate(),
            shown == null ? null : shown.privateKey()));
  }

  private String file(String name, String text) {
    try {
      Path file = Files.writeString(folder.resolve(name), text);
      file.toFile().deleteOnExit();
      return file.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    plain.close();
  }
}
