package io.warmgate.server.handover;

import io.warmgate.config.Backend;
import io.warmgate.config.BackendLimits;
import io.warmgate.config.BackendRef;
import io.warmgate.config.CacheLayers;
import io.warmgate.config.ClientCertificates;
import io.warmgate.config.ClientCertificates.Mode;
import io.warmgate.config.ClientLimits;
import io.warmgate.config.Ejection;
import io.warmgate.config.Filter;
import io.warmgate.config.GatewayConfig;
import io.warmgate.config.GatewayRef;
import io.warmgate.config.Handover;
import io.warmgate.config.Listener;
import io.warmgate.config.ListenerTls;
import io.warmgate.config.LoadBalancing;
import io.warmgate.config.LoadBalancing.HashOn;
import io.warmgate.config.Match;
import io.warmgate.config.PathMatch;
import io.warmgate.config.Retry;
import io.warmgate.config.Route;
import io.warmgate.config.Rule;
import io.warmgate.config.Telemetry;
import io.warmgate.config.Timeouts;
import io.warmgate.config.ValueRef;
import io.warmgate.config.admin.AdminApi;
import io.warmgate.config.admin.EndpointSets;
import io.warmgate.server.FreePort;
import io.warmgate.server.TestConfigs;
import io.warmgate.server.Values;
import io.warmgate.server.admin.Certificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A gateway of two sides, blue at 127.0.0.1 and green at 127.0.0.2, and one backend. */
final class TwoPods implements AutoCloseable {
  static final String TOKEN = "between-pods";

  private static final ValueRef CERTIFICATE = new ValueRef("shop/cert/tls.crt", "a1".repeat(32));
  private static final ValueRef AUTHORITIES = new ValueRef("shop/ca/ca.crt", "c3".repeat(32));
  private static final ValueRef KEY = new ValueRef("shop/cert/tls.key", "b2".repeat(32));

  final SidePod blue;
  final SidePod green;
  final int port = FreePort.onLoopback();
  final Path greenSecret;
  private final int backend;
  private long revision;
  private long endpoints;

  TwoPods(Path root, int backend) throws Exception {
    this.backend = backend;
    Path secret = secret(root.resolve("blue"));
    this.greenSecret = secret(root.resolve("green"));
    Certificates.mint(secret, "t0ken", 1);
    Files.writeString(secret.resolve(AdminApi.HANDOVER_TOKEN), TOKEN + "\n");
    copySecret(secret, greenSecret);
    blue = new SidePod(root.resolve("blue"), "edge-blue-1", "127.0.0.1", "blue");
    green = new SidePod(root.resolve("green"), "edge-green-1", "127.0.0.2", "green");
    endpoints(List.of(blue.endpoint()), List.of(green.endpoint()));
  }

  /** Where a pod with that root has it. */
  static Path secret(Path root) {
    return root.resolve(AdminApi.ADMIN_DIR.substring(1));
  }

  /** The token last, as it is what a pod waits for. */
  static void copySecret(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    for (String file :
        List.of(
            AdminApi.OPERATOR_TOKEN,
            AdminApi.TLS_CERTIFICATE,
            AdminApi.TLS_PRIVATE_KEY,
            AdminApi.HANDOVER_TOKEN)) {
      Files.write(to.resolve(file), Files.readAllBytes(from.resolve(file)));
    }
  }

  void endpoints(List<EndpointSets.Endpoint> ofBlue, List<EndpointSets.Endpoint> ofGreen) {
    EndpointSets sets =
        new EndpointSets(++endpoints, Map.of(), Map.of("blue", ofBlue, "green", ofGreen));
    blue.sides(sets);
    green.sides(sets);
  }

  /** Both pods serve it. */
  TwoPods serve(@Nullable Handover handover) throws Exception {
    serveAt(blue, handover);
    serveAt(green, handover);
    return this;
  }

  void serveAt(SidePod pod, @Nullable Handover handover) throws Exception {
    pod.take(++revision, config(handover, null));
  }

  /** The listener over TLS. */
  TwoPods serveSecure(@Nullable Handover handover) throws Exception {
    serveSecureAt(blue, handover, null, new byte[0]);
    serveSecureAt(green, handover, null, new byte[0]);
    return this;
  }

  /**
   * The listener over TLS, at one pod.
   *
   * @param mode of clients' certificates; null: nothing is said of them
   * @param authorities PEM
   */
  void serveSecureAt(
      SidePod pod, @Nullable Handover handover, @Nullable Mode mode, byte[] authorities)
      throws Exception {
    byte[] certificate = Files.readAllBytes(greenSecret.resolve(AdminApi.TLS_CERTIFICATE));
    byte[] key = Files.readAllBytes(greenSecret.resolve(AdminApi.TLS_PRIVATE_KEY));
    Values values =
        reference ->
            reference.equals(KEY) ? key : reference.equals(AUTHORITIES) ? authorities : certificate;
    ListenerTls tls = new ListenerTls(CERTIFICATE, KEY);
    pod.take(
        config(handover, mode == null ? tls : tls.with(new ClientCertificates(mode, AUTHORITIES))),
        values);
  }

  static Handover percent(int percent) {
    return percent(percent, null);
  }

  static Handover percent(int percent, @Nullable HashOn on) {
    return new Handover("blue", "green", percent, on, List.of());
  }

  private GatewayConfig config(@Nullable Handover handover, @Nullable ListenerTls tls) {
    Listener listener =
        new Listener(
            "web",
            tls == null ? 80 : 443,
            port,
            tls == null ? Listener.Protocol.HTTP : Listener.Protocol.HTTPS,
            tls == null ? null : "*.example.com",
            tls,
            List.of("127.0.0.0/8"));
    Filter cors =
        new Filter.Cors(
            List.of("https://shop.example.com"),
            List.of("GET"),
            List.of("x-a"),
            List.of("x-b"),
            true,
            60);
    Filter stamp =
        new Filter.ResponseHeaderModifier(
            List.of(new Filter.Header("X-Stamp", "1")), List.of(), List.of("X-Gone"));
    Filter redirect = new Filter.RequestRedirect("https", "b.example.com", null, null, 301);
    return new GatewayConfig(
        new GatewayRef("shop", "edge", TestConfigs.GATEWAY),
        List.of(listener),
        List.of(
            new Route(
                "shop/all",
                List.of("web"),
                List.of("shop.example.com", "localhost"),
                List.of(rule("0", "/", cors, stamp), rule("1", "/redirect", redirect)))),
        List.of(
            new Backend(
                "origin",
                new Backend.Url("127.0.0.1", backend, ""),
                null,
                new LoadBalancing(LoadBalancing.Policy.LEAST_REQUEST, null),
                new Ejection(0, 0),
                new BackendLimits(null, null, 0, 0))),
        new CacheLayers(1 << 20, null),
        new ClientLimits(16_384, 16 << 20, 10_000, 60_000, 1_000),
        new Telemetry(true, null),
        handover);
  }

  private static Rule rule(String id, String prefix, Filter... filters) {
    return new Rule(
        id,
        List.of(
            new Match(new PathMatch(PathMatch.Type.PREFIX, prefix), List.of(), List.of(), null)),
        List.of(filters),
        List.of(new BackendRef("origin", 1, "g1")),
        null,
        new Timeouts(0, 0),
        new Retry(0, 0),
        null);
  }

  @Override
  public void close() {
    blue.close();
    green.close();
  }
}
