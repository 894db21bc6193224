package io.warmgate.operator.manifest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.warmgate.kube.FreePort;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** {@code redis-server} of the PATH with a configuration file, and a connection to it. */
final class FullRedis implements AutoCloseable {
  private static final int BATCH = 200;

  private final Process process;
  private final Socket socket;
  private final InputStream replies;

  FullRedis(String config, String password, Path folder) throws IOException {
    int port = FreePort.onLoopback();
    Path file = Files.writeString(folder.resolve(RedisConfig.FILE), config);
    process =
        new ProcessBuilder(
                "redis-server",
                file.toString(),
                "--port",
                Integer.toString(port),
                "--bind",
                "127.0.0.1")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("redis.log").toFile())
            .start();
    socket =
        Awaitility.await()
            .atMost(Duration.ofSeconds(20))
            .ignoreException(IOException.class)
            .until(() -> new Socket(InetAddress.getLoopbackAddress(), port), _ -> true);
    replies = new BufferedInputStream(socket.getInputStream());
    ask("AUTH " + password);
  }

  /**
   * What it answers to a command of words without spaces; the elements of a list after each other.
   */
  String ask(String command) throws IOException {
    return ask(List.of(command)).getFirst();
  }

  /** The same for many. */
  List<String> ask(List<String> commands) throws IOException {
    List<String> answers = new ArrayList<>();
    for (int from = 0; from < commands.size(); from += BATCH) {
      List<String> batch = commands.subList(from, Math.min(from + BATCH, commands.size()));
      socket.getOutputStream().write((String.join("\r\n", batch) + "\r\n").getBytes(ISO_8859_1));
      for (String command : batch) {
        String answer = read();
        if (answer.startsWith("-")) {
          throw new IOException(command.split(" ")[0] + ": " + answer);
        }
        answers.add(answer);
      }
    }
    return answers;
  }

  private String read() throws IOException {
    String line = line();
    if (line.startsWith("$")) {
      return line();
    }
    if (line.startsWith("*")) {
      List<String> elements = new ArrayList<>();
      for (int i = Integer.parseInt(line.substring(1)); i > 0; i--) {
        elements.add(read());
      }
      return String.join(" ", elements);
    }
    return line;
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = replies.read(); next != '\n'; next = replies.read()) {
      if (next < 0) {
        throw new IOException("it hung up");
      }
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
    process.destroyForcibly();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
