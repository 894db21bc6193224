package io.warmgate.local.api;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.warmgate.local.api.http.ApiListener;
import io.warmgate.local.api.http.Credentials;
import io.warmgate.local.api.store.FileJournal;
import io.warmgate.local.api.store.Journal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A Kubernetes API server in this process, on a port of 127.0.0.1, with a certificate and a bearer
 * token of its own. It serves what {@code kubectl}, Helm, fabric8's client and operators use; it
 * runs no pods.
 */
public final class EmbeddedApiServer implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 30;

  private final Vertx vertx;
  private final Journal journal;
  private final int port;
  private final Credentials credentials;

  /**
   * @param port 0 for any that is free
   * @param state where the objects outlive the server; absent to forget them
   * @param logs where {@code kubectl logs} reads
   * @param addresses gives Services their cluster IPs
   */
  public record Options(int port, Optional<Path> state, PodLogs logs, ServiceAddresses addresses) {
    /** Any port, forgetful, nobody runs pods. */
    public static Options defaults() {
      return new Options(0, Optional.empty(), PodLogs.NONE, new LoopbackAddresses());
    }

    public Options withPort(int newPort) {
      return new Options(newPort, state, logs, addresses);
    }

    public Options withState(Path directory) {
      return new Options(port, Optional.of(directory), logs, addresses);
    }

    public Options withLogs(PodLogs newLogs) {
      return new Options(port, state, newLogs, addresses);
    }

    public Options withAddresses(ServiceAddresses newAddresses) {
      return new Options(port, state, logs, newAddresses);
    }
  }

  private EmbeddedApiServer(Vertx vertx, Journal journal, int port, Credentials credentials) {
    this.vertx = vertx;
    this.journal = journal;
    this.port = port;
    this.credentials = credentials;
  }

  /**
   * Starts a server and returns when it answers.
   *
   * @throws IllegalStateException if it cannot, such as for a port in use
   */
  public static EmbeddedApiServer start(Options options) {
    Credentials credentials = options.state().map(Credentials::keptIn).orElseGet(Credentials::make);
    Journal journal =
        options
            .state()
            .<Journal>map(d -> new FileJournal(d.resolve("objects.jsonl")))
            .orElseGet(Journal::none);
    Vertx vertx =
        Vertx.vertx(
            new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1));
    ApiListener listener =
        new ApiListener(
            new ApiListener.Settings(
                options.port(), credentials, journal, options.logs(), options.addresses()));
    EmbeddedApiServer server = new EmbeddedApiServer(vertx, journal, 0, credentials);
    try {
      vertx
          .deployVerticle(listener)
          .toCompletionStage()
          .toCompletableFuture()
          .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      server.close();
      throw new IllegalStateException(
          "the embedded API server did not start: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      server.close();
      throw new IllegalStateException("interrupted while the embedded API server started", e);
    }
    return new EmbeddedApiServer(vertx, journal, listener.port(), credentials);
  }

  public int port() {
    return port;
  }

  /** Such as {@code https://127.0.0.1:38080}. */
  public String url() {
    return "https://127.0.0.1:" + port;
  }

  /** A kubeconfig in YAML that reaches this server with all rights: keep it secret. */
  public String kubeconfig() {
    return """
    apiVersion: v1
    kind: Config
    clusters:
    - name: warmgate
      cluster:
        server: %s
        certificate-authority-data: %s
    users:
    - name: warmgate
      user:
        token: %s
    contexts:
    - name: warmgate
      context:
        cluster: warmgate
        user: warmgate
        namespace: default
    current-context: warmgate
    """
        .formatted(
            url(),
            Base64.getEncoder()
                .encodeToString(credentials.certificate().getBytes(StandardCharsets.UTF_8)),
            credentials.token());
  }

  /**
   * Writes the kubeconfig to a file that its owner alone can read.
   *
   * @throws UncheckedIOException if it cannot
   */
  public void writeKubeconfig(Path file) {
    try {
      Credentials.writePrivately(file, kubeconfig());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  @Override
  public void close() {
    try {
      vertx
          .close()
          .toCompletionStage()
          .toCompletableFuture()
          .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("the embedded API server did not stop", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      journal.close();
    }
  }
}
