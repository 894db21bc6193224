package io.warmgate.server.cache.redis;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.warmgate.server.FreePort;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import redis.embedded.core.ExecutableProvider;

/**
 * A Redis of the machine's ({@code redis-server} or {@code valkey-server} on the PATH, else the
 * binary that embedded-redis ships), without persistence, on a port of its own that it keeps over
 * restarts.
 */
public final class RealRedis implements AutoCloseable {
  private static final String PASSWORD = "a:p@ss/word%";

  private final int port = FreePort.onLoopback();
  private final @Nullable GatewayUser user;
  private @Nullable Process process;

  public RealRedis() {
    this(null);
  }

  private RealRedis(@Nullable GatewayUser user) {
    this.user = user;
  }

  /** Whose address is that of a user who may do what a gateway has to, and no more. */
  public static RealRedis asUser(String gatewayUid) {
    return new RealRedis(new GatewayUser(gatewayUid, PASSWORD));
  }

  /** Starts it. */
  public static RealRedis started() {
    RealRedis redis = new RealRedis();
    redis.start();
    return redis;
  }

  public RedisAddress address() {
    return user == null ? admin() : new RedisAddress("127.0.0.1", port, "edge", PASSWORD);
  }

  /** As the user who may do everything. */
  public RedisAddress admin() {
    return new RedisAddress("127.0.0.1", port, null, null);
  }

  /** Starts it empty, with these extra arguments. */
  public void start(String... arguments) {
    try {
      File log = File.createTempFile("redis", ".log");
      log.deleteOnExit();
      List<String> command =
          new ArrayList<>(
              List.of(
                  binary(),
                  "--port",
                  Integer.toString(port),
                  "--bind",
                  "127.0.0.1",
                  "--save",
                  "",
                  "--appendonly",
                  "no"));
      if (user != null) {
        command.addAll(user.arguments());
      }
      command.addAll(List.of(arguments));
      process =
          new ProcessBuilder(command)
              .directory(log.getParentFile())
              .redirectErrorStream(true)
              .redirectOutput(log)
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    awaitPort();
  }

  /** Ends it, with all it has. */
  public void kill() {
    Process running = process;
    if (running != null) {
      running.destroyForcibly();
      try {
        running.waitFor(10, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      process = null;
    }
  }

  /** Takes no more than this, and evicts nothing for it. */
  public void limit(String maxMemory) {
    if (!ask("CONFIG SET maxmemory-policy noeviction maxmemory " + maxMemory).startsWith("+")) {
      throw new IllegalStateException("it takes no limit of " + maxMemory);
    }
  }

  /** What it answers to a command of words without spaces, as it stands on the wire (RESP2). */
  public String ask(String command) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write((command + "\r\nQUIT\r\n").getBytes(ISO_8859_1));
      String all = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
      return all.substring(0, all.length() - "+OK\r\n".length());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Stops it from answering, connections stay open. */
  public void pause() {
    signal("-STOP");
  }

  public void resume() {
    signal("-CONT");
  }

  @Override
  public void close() {
    kill();
  }

  private void signal(String signal) {
    Process running = process;
    if (running == null) {
      throw new IllegalStateException("it does not run");
    }
    try {
      new ProcessBuilder("kill", signal, Long.toString(running.pid())).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void awaitPort() {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (true) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
        socket
            .getOutputStream()
            .write("PING\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        if (socket.getInputStream().read() == '+') {
          return;
        }
      } catch (IOException e) {
        if (System.nanoTime() > deadline) {
          throw new UncheckedIOException(e);
        }
        Thread.onSpinWait();
      }
    }
  }

  private static String binary() throws IOException {
    for (String name : List.of("redis-server", "valkey-server")) {
      for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
        Path candidate = Path.of(folder, name);
        if (Files.isExecutable(candidate)) {
          return candidate.toString();
        }
      }
    }
    return ExecutableProvider.newJarResourceProvider().get().getAbsolutePath();
  }
}
