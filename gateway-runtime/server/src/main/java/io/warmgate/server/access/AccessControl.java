package io.warmgate.server.access;

import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.warmgate.config.Access;
import io.warmgate.config.AccessRule;
import io.warmgate.config.ConfigException;
import io.warmgate.config.GatewayConfig;
import io.warmgate.config.Issuer;
import io.warmgate.server.Values;
import io.warmgate.server.exchange.Authenticator;
import io.warmgate.server.upstream.AddressGuard;
import java.text.ParseException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Follows the configuration: what is known of issuers and consumers, and remembered of tokens,
 * stays while they do. Keys of an issuer that did not change go on being fetched by whoever does.
 */
public final class AccessControl implements AutoCloseable {
  private final VertxInternal vertx;
  private final KeyTransport transport;
  private final AccessParts parts;
  private final Verifier verifier = new Verifier(InstantSource.system());
  private Map<Issuer.Keys.Fetched, FetchedKeys> fetched = Map.of();
  private @Nullable Access access;
  private Gatekeeper.@Nullable Known known;
  private volatile Outcomes outcomes = new Outcomes();

  /**
   * @param guard of addresses that keys may be asked for at
   */
  public AccessControl(Vertx vertx, AddressGuard guard, AccessParts parts) {
    this.vertx = (VertxInternal) vertx;
    this.transport = new JwksClient(vertx, guard);
    this.parts = parts;
  }

  /** A revision's issuers' keys that come with it, found good. */
  public static final class Plan {
    private final GatewayConfig config;
    private final Map<Issuer.Keys.Given, KeySet> given;

    private Plan(GatewayConfig config, Map<Issuer.Keys.Given, KeySet> given) {
      this.config = config;
      this.given = given;
    }
  }

  /**
   * Reads what the revision brings. Changes nothing.
   *
   * @throws ConfigException where keys are none
   */
  public static Plan plan(GatewayConfig config, Values values) {
    Map<Issuer.Keys.Given, KeySet> given = new HashMap<>();
    for (Issuer issuer : config.access().issuers()) {
      if (issuer.keys() instanceof Issuer.Keys.Given keys) {
        try {
          given.put(keys, KeySet.parse(values.value(keys.value())));
        } catch (ParseException _) {
          throw new ConfigException(
              "access.issuers[" + issuer.name() + "].keys",
              "is no JWK Set that signatures are verified by (" + keys.value().name() + ")");
        }
      }
    }
    return new Plan(config, given);
  }

  /** From now on as planned; what is returned answers requests of that revision. */
  public synchronized Authenticator use(Plan plan) {
    Access next = plan.config.access();
    Gatekeeper.Known now = known;
    if (now == null || !next.equals(access)) {
      now = know(next, plan.given);
      known = now;
      access = next;
    }
    List<AccessRule> rules =
        plan.config.routes().stream()
            .flatMap(route -> route.allRules().stream())
            .map(io.warmgate.config.Rule::access)
            .filter(Objects::nonNull)
            .toList();
    return new Gatekeeper(vertx, rules, now, verifier, parts);
  }

  private Gatekeeper.Known know(Access next, Map<Issuer.Keys.Given, KeySet> given) {
    Outcomes kept = new Outcomes();
    outcomes = kept;
    Map<Issuer.Keys.Fetched, FetchedKeys> fetching = new HashMap<>();
    List<TokenCheck.Trusted> issuers = new ArrayList<>();
    for (Issuer issuer : next.issuers()) {
      IssuerKeys keys =
          switch (issuer.keys()) {
            case Issuer.Keys.Given from ->
                new IssuerKeys.Given(Objects.requireNonNull(given.get(from), "planned"));
            case Issuer.Keys.Fetched from -> fetching.computeIfAbsent(from, this::fetch);
          };
      issuers.add(new TokenCheck.Trusted(issuer, keys));
    }
    fetched.forEach(
        (from, keys) -> {
          if (!fetching.containsKey(from)) {
            keys.close();
          }
        });
    fetched = Map.copyOf(fetching);
    Consumers consumers = new Consumers(next.consumers());
    return new Gatekeeper.Known(consumers, new TokenCheck(issuers, consumers), kept);
  }

  private FetchedKeys fetch(Issuer.Keys.Fetched from) {
    FetchedKeys before = fetched.get(from);
    return before != null
        ? before
        : new FetchedKeys(
                vertx,
                from,
                transport,
                FetchedKeys.Pace.USUAL,
                InstantSource.system(),
                () -> outcomes.forgetRefused())
            .start();
  }

  @Override
  public synchronized void close() {
    fetched.values().forEach(FetchedKeys::close);
    verifier.close();
  }
}
