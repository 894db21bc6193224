package io.warmgate.local.fault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.warmgate.crd.v1alpha1.ApiGateway;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** The log of the gateway {@code edge}, as it stands in its Redis. */
final class RedisLog implements AutoCloseable {
  private final String stream;
  private final Socket socket;
  private final InputStream replies;

  /**
   * What was appended.
   *
   * @param millis when, by Redis' clock, in milliseconds of the epoch
   */
  record Entry(long millis, String text) {}

  /** Connects as the gateway's pods do. */
  static RedisLog of(FaultCluster cluster) throws IOException {
    KubernetesClient client = cluster.client();
    ApiGateway gateway =
        client.resources(ApiGateway.class).inNamespace("default").withName("edge").get();
    Secret secret = client.secrets().inNamespace("default").withName("edge-cache-redis").get();
    String password =
        new String(Base64.getDecoder().decode(secret.getData().get("password")), UTF_8);
    var log =
        new RedisLog(
            "wg:{%s}:log".formatted(gateway.getMetadata().getUid()),
            new Socket(cluster.redis().orElseThrow().ip(), 6379));
    String _ = log.ask("AUTH " + password).getFirst();
    return log;
  }

  private RedisLog(String stream, Socket socket) throws IOException {
    this.stream = stream;
    this.socket = socket;
    this.replies = new BufferedInputStream(socket.getInputStream());
  }

  /** Waits for a revocation that names this consumer; the newest where there are several. */
  Entry revocation(String consumer) {
    return await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(10))
        .atMost(FaultCluster.PATIENCE)
        .until(() -> revocations(consumer), found -> !found.isEmpty())
        .getLast();
  }

  private List<Entry> revocations(String consumer) throws IOException {
    return entries().stream()
        .filter(entry -> entry.text().contains("revoked:"))
        .filter(entry -> entry.text().contains("\"default/" + consumer + "\""))
        .toList();
  }

  /** An entry is a list of its id, {@code millis-sequence}, and of its fields. */
  private List<Entry> entries() throws IOException {
    List<Entry> entries = new ArrayList<>();
    for (String line : ask("XRANGE " + stream + " - +")) {
      String[] parts = line.split(" ", 2);
      entries.add(new Entry(Long.parseLong(parts[0].split("-")[0]), parts[1]));
    }
    return entries;
  }

  /** The elements of the answer, each on one line. */
  private List<String> ask(String command) throws IOException {
    socket.getOutputStream().write((command + "\r\n").getBytes(UTF_8));
    String head = line();
    if (head.startsWith("-")) {
      throw new IOException(command.split(" ")[0] + ": " + head);
    }
    if (!head.startsWith("*")) {
      return List.of(head);
    }
    List<String> elements = new ArrayList<>();
    for (int i = Integer.parseInt(head.substring(1)); i > 0; i--) {
      elements.add(element());
    }
    return elements;
  }

  private String element() throws IOException {
    String head = line();
    if (head.startsWith("$")) {
      byte[] text = replies.readNBytes(Integer.parseInt(head.substring(1)));
      line();
      return new String(text, UTF_8);
    }
    List<String> elements = new ArrayList<>();
    for (int i = Integer.parseInt(head.substring(1)); i > 0; i--) {
      elements.add(element());
    }
    return String.join(" ", elements);
  }

  private String line() throws IOException {
    var line = new StringBuilder();
    for (int next = replies.read(); next != '\n'; next = replies.read()) {
      if (next < 0) {
        throw new EOFException("Redis hung up");
      }
      line.append((char) next);
    }
    return line.toString().strip();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
