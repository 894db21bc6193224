package io.warmgate.operator.fleet;

import io.warmgate.config.ConfigException;
import io.warmgate.config.Json;
import io.warmgate.config.admin.AdminApi;
import io.warmgate.config.admin.EndpointSets;
import io.warmgate.config.admin.ExplainRequest;
import io.warmgate.config.admin.Explanation;
import io.warmgate.config.admin.Heartbeat;
import io.warmgate.config.admin.HotRequests;
import io.warmgate.config.admin.Order;
import io.warmgate.config.admin.PinnedTrust;
import io.warmgate.config.admin.PodState;
import io.warmgate.config.admin.PurgeCount;
import io.warmgate.config.admin.PurgeReceipt;
import io.warmgate.config.admin.PurgeRequest;
import io.warmgate.config.admin.ReadOrder;
import io.warmgate.config.admin.ReadReport;
import io.warmgate.config.admin.Refusal;
import io.warmgate.config.admin.Traffic;
import io.warmgate.config.admin.WarmOrder;
import io.warmgate.config.admin.WarmReport;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/**
 * The admin API of the pods of one gateway ({@link AdminApi}). Each call waits for its answer, on
 * the caller's (virtual) thread; an interrupt ends it as {@link Reply.Failed} and stays set.
 */
final class AdminClient implements AutoCloseable {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

  /** A pod that serves requests answers these in a few milliseconds. */
  private static final Duration QUICK = Duration.ofSeconds(3);

  /** A large revision is parsed and checked before it is answered; a large memory is counted. */
  private static final Duration SLOW = Duration.ofSeconds(15);

  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient http;
  private final String authorization;

  AdminClient(AdminCredentials credentials) {
    http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT_TIMEOUT)
            .sslContext(tls(credentials))
            .executor(executor)
            .build();
    authorization = "Bearer " + credentials.token();
  }

  private static SSLContext tls(AdminCredentials credentials) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      TrustManager[] trust = {new PinnedTrust(credentials::trusted)};
      context.init(null, trust, new SecureRandom());
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no TLS", e);
    }
  }

  Reply<PodState> state(String address) {
    return send(request(address, AdminApi.STATE, QUICK).GET(), PodState.class);
  }

  Reply<PodState> heartbeat(String address, Heartbeat heartbeat) {
    return post(address, AdminApi.HEARTBEAT, Json.write(heartbeat), PodState.class);
  }

  /**
   * @param revision {@code Revision.toJson()}
   */
  Reply<PodState> revision(String address, byte[] revision) {
    return put(address, AdminApi.REVISION, revision);
  }

  /**
   * @param values {@code SecretValues} as JSON
   */
  Reply<PodState> values(String address, byte[] values) {
    return put(address, AdminApi.VALUES, values);
  }

  Reply<PodState> endpoints(String address, EndpointSets endpoints) {
    return put(address, AdminApi.ENDPOINTS, Json.write(endpoints));
  }

  Reply<PodState> obey(String address, Order order) {
    return post(address, AdminApi.PURGES, Json.write(order), PodState.class);
  }

  Reply<PurgeReceipt> append(String address, Order order) {
    return post(address, AdminApi.LOG, Json.write(order), PurgeReceipt.class);
  }

  Reply<PurgeCount> count(String address, PurgeRequest selection) {
    HttpRequest.Builder request = request(address, AdminApi.COUNT, SLOW);
    byte[] json = Json.write(selection);
    return send(request.POST(BodyPublishers.ofByteArray(json)), PurgeCount.class);
  }

  Reply<Traffic> traffic(String address) {
    return send(request(address, AdminApi.TRAFFIC, QUICK).GET(), Traffic.class);
  }

  Reply<HotRequests> hot(String address, String route, int top) {
    String query = "?route=" + URLEncoder.encode(route, StandardCharsets.UTF_8) + "&top=" + top;
    return send(request(address, AdminApi.HOT + query, SLOW).GET(), HotRequests.class);
  }

  Reply<WarmReport> warm(String address, WarmOrder order) {
    Duration timeout = Duration.ofMillis(order.timeoutMillis()).plus(QUICK);
    HttpRequest.Builder request = request(address, AdminApi.WARM, timeout);
    return send(request.POST(BodyPublishers.ofByteArray(Json.write(order))), WarmReport.class);
  }

  Reply<ReadReport> read(String address, ReadOrder order) {
    Duration timeout = Duration.ofMillis(order.timeoutMillis()).plus(QUICK);
    HttpRequest.Builder request = request(address, AdminApi.READ, timeout);
    return send(request.POST(BodyPublishers.ofByteArray(Json.write(order))), ReadReport.class);
  }

  Reply<Explanation> explain(String address, ExplainRequest asked) {
    HttpRequest.Builder request = request(address, AdminApi.EXPLAIN, SLOW);
    return send(request.POST(BodyPublishers.ofByteArray(Json.write(asked))), Explanation.class);
  }

  private Reply<PodState> put(String address, String path, byte[] json) {
    HttpRequest.Builder request = request(address, path, SLOW);
    return send(request.PUT(BodyPublishers.ofByteArray(json)), PodState.class);
  }

  private <T> Reply<T> post(String address, String path, byte[] json, Class<T> answer) {
    HttpRequest.Builder request = request(address, path, QUICK);
    return send(request.POST(BodyPublishers.ofByteArray(json)), answer);
  }

  private HttpRequest.Builder request(String address, String path, Duration timeout) {
    String host = address.contains(":") ? "[" + address + "]" : address;
    return HttpRequest.newBuilder(URI.create("https://" + host + ":" + AdminApi.PORT + path))
        .timeout(timeout)
        .header("Authorization", authorization)
        .header("Content-Type", "application/json");
  }

  private <T> Reply<T> send(HttpRequest.Builder request, Class<T> answer) {
    try {
      HttpResponse<byte[]> response = http.send(request.build(), BodyHandlers.ofByteArray());
      return response.statusCode() == 200
          ? new Reply.Done<>(Json.read(response.body(), answer))
          : refused(response);
    } catch (IOException e) {
      return new Reply.Failed<>(e.getMessage() == null ? e.toString() : e.getMessage());
    } catch (ConfigException e) {
      return new Reply.Failed<>("the pod's answer is not understood: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Reply.Failed<>("interrupted");
    }
  }

  private static <T> Reply<T> refused(HttpResponse<byte[]> response) {
    try {
      return new Reply.Refused<>(response.statusCode(), Json.read(response.body(), Refusal.class));
    } catch (ConfigException e) {
      return new Reply.Failed<>("the pod answered " + response.statusCode());
    }
  }

  /** Ends at once; calls under way fail. */
  @Override
  public void close() {
    http.shutdownNow();
    executor.shutdownNow();
  }
}
