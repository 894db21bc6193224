package io.warmgate.operator.fake;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.warmgate.config.ConfigException;
import io.warmgate.config.GatewayConfig;
import io.warmgate.config.Json;
import io.warmgate.config.Revision;
import io.warmgate.config.admin.AdminApi;
import io.warmgate.config.admin.CredentialState;
import io.warmgate.config.admin.EndpointSets;
import io.warmgate.config.admin.Heartbeat;
import io.warmgate.config.admin.HotRequests;
import io.warmgate.config.admin.ModelTraffic;
import io.warmgate.config.admin.Order;
import io.warmgate.config.admin.PodState;
import io.warmgate.config.admin.PurgeCount;
import io.warmgate.config.admin.PurgeOrder;
import io.warmgate.config.admin.PurgeReceipt;
import io.warmgate.config.admin.PurgeRequest;
import io.warmgate.config.admin.ReadOrder;
import io.warmgate.config.admin.ReadReport;
import io.warmgate.config.admin.Refusal;
import io.warmgate.config.admin.RevokeOrder;
import io.warmgate.config.admin.RuleTraffic;
import io.warmgate.config.admin.SecretValues;
import io.warmgate.config.admin.ServedVersions;
import io.warmgate.config.admin.Traffic;
import io.warmgate.config.admin.WarmOrder;
import io.warmgate.config.admin.WarmReport;
import io.warmgate.config.admin.WarmRequest;
import io.warmgate.operator.identity.AdminIdentity;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongPredicate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A gateway pod as the operator sees one: the admin API on a loopback address of its own, over the
 * gateway's TLS, with the states of a real one and faults to order.
 */
public final class FakePod implements AutoCloseable {
  private static final AtomicLong CLOCK = new AtomicLong(1_000);

  private final String uid;
  private final String address;
  private final String token;
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpsServer server;
  private final long startedAt = CLOCK.incrementAndGet();
  private final List<Order> orders = new ArrayList<>();
  private final List<Order> appended = new ArrayList<>();
  private final List<Revision> pushed = new ArrayList<>();
  private final List<Heartbeat> heartbeats = new ArrayList<>();
  private final Map<String, Integer> calls = new TreeMap<>();
  private LongPredicate refuses = number -> false;
  private @Nullable Revision revision;
  private @Nullable Taken taken;
  private PodState.@Nullable Refused refused;
  private List<String> values = List.of();
  private EndpointSets endpoints = new EndpointSets(0, Map.of());
  private HotRequests hot = new HotRequests("none", 0, 0, List.of());
  private final List<WarmOrder> warmed = new ArrayList<>();
  private final List<PurgeRequest> counted = new ArrayList<>();
  private List<Long> memory = List.of();
  private final long startedNanos = System.nanoTime();
  private List<RuleTraffic> traffic = List.of();
  private List<ModelTraffic> models = List.of();
  private List<CredentialState> credentials = List.of();
  private List<ServedVersions> versions = List.of();
  private boolean everReady;
  private boolean knowsNobody;
  private int obeyedBeforeReady;
  private boolean ready;
  private @Nullable String epoch;
  private volatile @Nullable CountDownLatch stuck;

  /**
   * The last revision that it took by a push.
   *
   * @param arrivedNanos when all of it was there
   * @param tookNanos when it was parsed and checked
   */
  public record Taken(long number, long arrivedNanos, long tookNanos) {}

  private FakePod(String uid, String address, AdminIdentity identity) throws IOException {
    this.uid = uid;
    this.address = address;
    this.token = identity.operatorToken();
    this.server = HttpsServer.create(new InetSocketAddress(address, AdminApi.PORT), 64);
    server.setHttpsConfigurator(new HttpsConfigurator(tls(identity)));
    server.setExecutor(executor);
    server.createContext("/", this::handle);
  }

  /** Starts one that serves nothing yet. */
  public static FakePod start(String uid, String address, AdminIdentity identity) {
    try {
      FakePod pod = new FakePod(uid, address, identity);
      pod.server.start();
      return pod;
    } catch (IOException e) {
      throw new UncheckedIOException("no fake pod at " + address, e);
    }
  }

  private static SSLContext tls(AdminIdentity identity) {
    try {
      Certificate certificate =
          CertificateFactory.getInstance("X.509")
              .generateCertificate(
                  new ByteArrayInputStream(data(identity, AdminApi.TLS_CERTIFICATE)));
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry("pod", key(identity), new char[0], new Certificate[] {certificate});
      KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
      keys.init(store, new char[0]);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] data(AdminIdentity identity, String key) {
    byte[] value = identity.data().get(key);
    if (value == null) {
      throw new IllegalStateException("no " + key);
    }
    return value;
  }

  private static PrivateKey key(AdminIdentity identity) throws GeneralSecurityException {
    String pem = new String(data(identity, AdminApi.TLS_PRIVATE_KEY), US_ASCII);
    byte[] der = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
    return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der));
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      CountDownLatch wait = stuck;
      if (wait != null) {
        wait.await();
      }
      byte[] body = exchange.getRequestBody().readAllBytes();
      String authorization = exchange.getRequestHeaders().getFirst("Authorization");
      if (!("Bearer " + token).equals(authorization)) {
        answer(exchange, 401, new Refusal("Unauthorized", "", "no or wrong token"));
        return;
      }
      handle(exchange, exchange.getRequestURI().getPath(), body);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void handle(HttpExchange exchange, String path, byte[] body) throws IOException {
    long arrivedNanos = System.nanoTime();
    int status = 200;
    Object answer;
    synchronized (this) {
      calls.merge(path, 1, Integer::sum);
      Object refusal =
          switch (path) {
            case AdminApi.STATE -> null;
            case AdminApi.HEARTBEAT -> heartbeat(Json.read(body, Heartbeat.class));
            case AdminApi.REVISION -> take(body, arrivedNanos);
            case AdminApi.VALUES -> values(Json.read(body, SecretValues.class));
            case AdminApi.ENDPOINTS -> endpoints(Json.read(body, EndpointSets.class));
            case AdminApi.PURGES ->
                knowsNobody ? obeyOld(body) : obey(Json.read(body, Order.class));
            case AdminApi.COUNT -> count(Json.read(body, PurgeRequest.class));
            case AdminApi.TRAFFIC ->
                new Traffic(uid, startedAt, uptimeMillis(), traffic, models, credentials, versions);
            case AdminApi.HOT -> hot;
            case AdminApi.READ -> read(Json.read(body, ReadOrder.class));
            case AdminApi.WARM -> warm(Json.read(body, WarmOrder.class));
            case AdminApi.LOG -> append(Json.read(body, Order.class));
            default -> new Refusal("NotFound", "", path);
          };
      status = refusal instanceof Refusal(String reason, _, _) ? statusOf(reason) : 200;
      answer = refusal == null ? state() : refusal;
    }
    answer(exchange, status, answer);
  }

  private static int statusOf(String reason) {
    return switch (reason) {
      case "Invalid", "ValuesMissing" -> 422;
      case "NoLog" -> 503;
      default -> 404;
    };
  }

  private static void answer(HttpExchange exchange, int status, Object answer) throws IOException {
    byte[] json = Json.write(answer);
    exchange.sendResponseHeaders(status, json.length);
    exchange.getResponseBody().write(json);
  }

  private @Nullable Object heartbeat(Heartbeat heartbeat) {
    heartbeats.add(heartbeat);
    heartbeat.unlogged().forEach(this::obey);
    ready = revision != null && revision.number() == heartbeat.revision();
    everReady |= ready;
    return null;
  }

  private @Nullable Object take(byte[] body, long arrivedNanos) {
    Revision next = Revision.parse(body);
    long number = next.number();
    pushed.add(next);
    if (refuses.test(number)) {
      refused = new PodState.Refused(number, next.hash(), "routes[3]", "is not liked here");
      return new Refusal("Invalid", "routes[3]", "is not liked here");
    }
    if (revision == null || number > revision.number()) {
      GatewayConfig _ = next.open(); // as a real one does before it answers
      revision = next;
      refused = null;
      taken = new Taken(number, arrivedNanos, System.nanoTime());
    }
    return null;
  }

  private @Nullable Object values(SecretValues pushed) {
    values = List.copyOf(pushed.values().keySet());
    return null;
  }

  private @Nullable Object endpoints(EndpointSets pushed) {
    endpoints = pushed.version() > endpoints.version() ? pushed : endpoints;
    return null;
  }

  private @Nullable Object obey(Order order) {
    if (orders.stream().noneMatch(known -> known.id().equals(order.id()))) {
      orders.add(order);
      obeyedBeforeReady += everReady ? 0 : 1;
    }
    return null;
  }

  /** As a runtime did before there were revocations. */
  private @Nullable Object obeyOld(byte[] body) {
    try {
      return obey(Json.read(body, PurgeOrder.class));
    } catch (ConfigException e) {
      return new Refusal("Invalid", e.path(), String.valueOf(e.getMessage()));
    }
  }

  private PurgeCount count(PurgeRequest selection) {
    counted.add(selection);
    return new PurgeCount((long) memory.size(), memory);
  }

  private Object append(Order order) {
    if (epoch != null) {
      appended.add(order);
    }
    return epoch == null
        ? new Refusal("NoLog", "", "Redis is away")
        : new PurgeReceipt(epoch, order.id().hashCode() + "-0");
  }

  /** What it says of itself. */
  public synchronized PodState state() {
    return new PodState(
        uid,
        startedAt,
        List.of(1),
        revision == null ? null : new PodState.Served(revision.number(), revision.hash()),
        refused,
        everReady,
        ready,
        false,
        endpoints.version(),
        epoch == null ? null : new PodState.LogState(true, epoch, "0-0"),
        orders.stream().map(Order::id).toList());
  }

  public String uid() {
    return uid;
  }

  public String address() {
    return address;
  }

  public synchronized long served() {
    return revision == null ? 0 : revision.number();
  }

  /** What it serves; null before the first. */
  public synchronized @Nullable Revision revision() {
    return revision;
  }

  /** Every revision that it was sent, in their order. */
  public synchronized List<Revision> pushed() {
    return List.copyOf(pushed);
  }

  public synchronized @Nullable Taken taken() {
    return taken;
  }

  public synchronized List<String> values() {
    return values;
  }

  public synchronized EndpointSets endpoints() {
    return endpoints;
  }

  public synchronized List<PurgeOrder> purges() {
    return of(orders, PurgeOrder.class);
  }

  public synchronized List<RevokeOrder> revocations() {
    return of(orders, RevokeOrder.class);
  }

  /** How many orders it had before it was ready for the first time. */
  public synchronized int obeyedBeforeReady() {
    return obeyedBeforeReady;
  }

  /** What it appended to its log. */
  public synchronized List<Order> appended() {
    return List.copyOf(appended);
  }

  private static <T> List<T> of(List<Order> orders, Class<T> kind) {
    return orders.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** What it was asked to count. */
  public synchronized List<PurgeRequest> counted() {
    return List.copyOf(counted);
  }

  public synchronized List<Heartbeat> heartbeats() {
    return List.copyOf(heartbeats);
  }

  public synchronized int calls(String path) {
    return calls.getOrDefault(path, 0);
  }

  /** It started from its mount with this. */
  public synchronized FakePod serving(Revision mounted) {
    revision = mounted;
    return this;
  }

  /** It takes no revision with such a number. */
  public synchronized FakePod refusing(LongPredicate numbers) {
    refuses = numbers;
    return this;
  }

  /** Its runtime is of before there were consumers. */
  public synchronized FakePod knowingNobody() {
    knowsNobody = true;
    return this;
  }

  /** Entries with these keys are what any selection names here. */
  public synchronized FakePod holding(Long... keys) {
    memory = List.of(keys);
    return this;
  }

  private long uptimeMillis() {
    return (System.nanoTime() - startedNanos) / 1_000_000;
  }

  /** It has counted this since it started. */
  public synchronized FakePod counting(RuleTraffic... rules) {
    traffic = List.of(rules);
    return this;
  }

  /** It has counted this of models since it started. */
  public synchronized FakePod inferring(ModelTraffic... counted) {
    models = List.of(counted);
    return this;
  }

  /** It knows this of models' credentials. */
  public synchronized FakePod knowing(CredentialState... states) {
    credentials = List.of(states);
    return this;
  }

  /** It found these at servers of models. */
  public synchronized FakePod finding(ServedVersions... found) {
    versions = List.of(found);
    return this;
  }

  /** Its clients ask most for these paths of a route; all its answers can be kept. */
  public synchronized FakePod asked(String route, String... targets) {
    List<HotRequests.Hot> named = new ArrayList<>();
    for (String target : targets) {
      named.add(
          new HotRequests.Hot(
              new WarmRequest("GET", "http", "shop.example.com", target, List.of()), 10));
    }
    hot = new HotRequests(route, 10.0 * targets.length, 0, named);
    return this;
  }

  /** What it was told to warm. */
  public synchronized List<WarmOrder> warmed() {
    return List.copyOf(warmed);
  }

  /** Its origin has a page that is of its route, and one that is not. */
  private static ReadReport read(ReadOrder order) {
    String document =
        "<urlset><url><loc>https://%1$s/shop/9</loc></url><url><loc>https://%1$s/else</loc></url></urlset>"
            .formatted(order.request().host());
    return ReadReport.of(200, document.getBytes(StandardCharsets.UTF_8), false);
  }

  private WarmReport warm(WarmOrder order) {
    warmed.add(order);
    WarmReport.Result result =
        switch (order.action()) {
          case FILL, REFRESH -> WarmReport.Result.FILLED;
          case CERTIFY -> WarmReport.Result.HIT;
        };
    boolean asks = order.action() != WarmOrder.Action.CERTIFY;
    return new WarmReport(
        order.requests().stream()
            .map(_ -> new WarmReport.Outcome(result, 200, asks, 1, 60_000, null))
            .toList());
  }

  /** It has a log to append to; null: no more. */
  public synchronized FakePod log(@Nullable String ofEpoch) {
    epoch = ofEpoch;
    return this;
  }

  /** Answers nothing till {@link #release}. */
  public void hang() {
    stuck = new CountDownLatch(1);
  }

  public void release() {
    CountDownLatch wait = stuck;
    stuck = null;
    if (wait != null) {
      wait.countDown();
    }
  }

  /** Its process ends: the port is closed. */
  @Override
  public void close() {
    release();
    server.stop(0);
    executor.shutdownNow();
  }
}
