package io.warmgate.server.access;

import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.warmgate.config.Access;
import io.warmgate.config.AccessRule;
import io.warmgate.config.ConfigException;
import io.warmgate.config.ExternalCall;
import io.warmgate.config.GatewayConfig;
import io.warmgate.config.Introspection;
import io.warmgate.config.Issuer;
import io.warmgate.config.ValueRef;
import io.warmgate.server.Values;
import io.warmgate.server.exchange.Authenticator;
import io.warmgate.server.upstream.AddressGuard;
import io.warmgate.server.values.Authorities;
import java.security.GeneralSecurityException;
import java.text.ParseException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Follows the configuration: what is known of issuers and consumers, and remembered of tokens,
 * stays while they do. Keys of an issuer that did not change go on being fetched by whoever does.
 */
public final class AccessControl implements AutoCloseable {
  private final VertxInternal vertx;
  private final GuardedHttp http;
  private final AccessParts parts;
  private final Verifier verifier = new Verifier(InstantSource.system());
  private final Verdicts verdicts = new Verdicts();
  private Map<Issuer.Keys.Fetched, FetchedKeys> fetched = Map.of();
  private Map<Introspection, IntrospectionEndpoint> endpoints = Map.of();
  private Map<ExternalCall, ExternalService> services = Map.of();
  private @Nullable Access access;
  private Gatekeeper.@Nullable Known known;
  private volatile Outcomes outcomes = new Outcomes();

  /**
   * @param guard of addresses that may be asked
   */
  public AccessControl(Vertx vertx, AddressGuard guard, AccessParts parts) {
    this.vertx = (VertxInternal) vertx;
    this.http = new GuardedHttp(vertx, guard);
    this.parts = parts;
  }

  /**
   * A revision's issuers' keys that come with it, found good, as whom issuers are asked, and by
   * which authorities whoever is asked is trusted.
   */
  public static final class Plan {
    private final GatewayConfig config;
    private final Map<Issuer.Keys.Given, KeySet> given;
    private final Map<Introspection, ClientCredentials> credentials;
    private final Map<ValueRef, X509TrustManager> authorities;

    private Plan(
        GatewayConfig config,
        Map<Issuer.Keys.Given, KeySet> given,
        Map<Introspection, ClientCredentials> credentials,
        Map<ValueRef, X509TrustManager> authorities) {
      this.config = config;
      this.given = given;
      this.credentials = credentials;
      this.authorities = authorities;
    }
  }

  /**
   * Reads what the revision brings. Changes nothing.
   *
   * @throws ConfigException where keys or authorities are none
   */
  public static Plan plan(GatewayConfig config, Values values) {
    Map<Issuer.Keys.Given, KeySet> given = new HashMap<>();
    Map<Introspection, ClientCredentials> credentials = new HashMap<>();
    Map<ValueRef, X509TrustManager> authorities = new HashMap<>();
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
      Introspection asked = issuer.introspection();
      if (asked != null) {
        credentials.put(
            asked, new ClientCredentials(asked.clientId(), values.value(asked.clientSecret())));
        trust(
            "access.issuers[" + issuer.name() + "]",
            asked.certificateAuthority(),
            values,
            authorities);
      }
      if (issuer.keys() instanceof Issuer.Keys.Fetched keys) {
        trust(
            "access.issuers[" + issuer.name() + "]",
            keys.certificateAuthority(),
            values,
            authorities);
      }
    }
    for (AccessRule rule : config.accessRules()) {
      if (rule.external() != null) {
        trust("access.external", rule.external().certificateAuthority(), values, authorities);
      }
    }
    return new Plan(config, given, credentials, authorities);
  }

  private static void trust(
      String path,
      @Nullable ValueRef bundle,
      Values values,
      Map<ValueRef, X509TrustManager> authorities) {
    if (bundle == null || authorities.containsKey(bundle)) {
      return;
    }
    try {
      authorities.put(bundle, Authorities.trust(values.value(bundle)));
    } catch (GeneralSecurityException _) {
      throw new ConfigException(
          path + ".certificateAuthority", "is no bundle of certificates (" + bundle.name() + ")");
    }
  }

  /** Asks whom these authorities vouch for; null: whom the system's do. */
  private GuardedHttp http(Plan plan, @Nullable ValueRef bundle) {
    return bundle == null
        ? http
        : http.trusting(Objects.requireNonNull(plan.authorities.get(bundle), "planned"));
  }

  /** From now on as planned; what is returned answers requests of that revision. */
  public synchronized Authenticator use(Plan plan) {
    Access next = plan.config.access();
    Gatekeeper.Known now = known;
    if (now == null || !next.equals(access)) {
      now = know(next, plan);
      known = now;
      access = next;
    }
    List<AccessRule> rules = plan.config.accessRules();
    Map<ExternalCall, ExternalService> asked = new HashMap<>();
    for (AccessRule rule : rules) {
      if (rule.external() != null) {
        asked.computeIfAbsent(rule.external(), call -> service(call, plan));
      }
    }
    services = Map.copyOf(asked);
    return new Gatekeeper(vertx, rules, now, asked, parts);
  }

  private Gatekeeper.Known know(Access next, Plan plan) {
    Outcomes kept = new Outcomes();
    outcomes = kept;
    Consumers consumers = new Consumers(next.consumers());
    Map<Issuer.Keys.Fetched, FetchedKeys> fetching = new HashMap<>();
    Map<Introspection, IntrospectionEndpoint> asking = new HashMap<>();
    Map<String, Introspector> asked = new HashMap<>();
    List<TokenCheck.Trusted> signers = new ArrayList<>();
    for (Issuer issuer : next.issuers()) {
      switch (issuer.keys()) {
        case Issuer.Keys.Given from ->
            signers.add(
                new TokenCheck.Trusted(
                    issuer,
                    new IssuerKeys.Given(Objects.requireNonNull(plan.given.get(from), "planned"))));
        case Issuer.Keys.Fetched from ->
            signers.add(
                new TokenCheck.Trusted(
                    issuer, fetching.computeIfAbsent(from, _ -> fetch(from, plan))));
        case null -> {
          Introspection how = Objects.requireNonNull(issuer.introspection(), "one of the two");
          IntrospectionEndpoint endpoint = asking.computeIfAbsent(how, _ -> endpoint(how, plan));
          asked.put(
              issuer.name(),
              new Introspector(vertx, issuer, endpoint, consumers, InstantSource.system()));
        }
      }
    }
    fetched.forEach(
        (from, keys) -> {
          if (!fetching.containsKey(from)) {
            keys.close();
          }
        });
    fetched = Map.copyOf(fetching);
    endpoints = Map.copyOf(asking);
    TokenCheck check = new TokenCheck(signers, consumers);
    Tokens tokens = new Tokens(check, verifier, asked, kept, InstantSource.system());
    return new Gatekeeper.Known(next.issuers(), consumers, tokens);
  }

  /** Where it is asked as before, calls under way count for it as before. */
  private IntrospectionEndpoint endpoint(Introspection how, Plan plan) {
    IntrospectionEndpoint before = endpoints.get(how);
    return before != null
        ? before
        : new IntrospectionEndpoint(
            how,
            Objects.requireNonNull(plan.credentials.get(how), "planned"),
            http(plan, how.certificateAuthority()));
  }

  private ExternalService service(ExternalCall call, Plan plan) {
    ExternalService before = services.get(call);
    return before != null
        ? before
        : new ExternalService(
            call, http(plan, call.certificateAuthority()), verdicts, InstantSource.system());
  }

  private FetchedKeys fetch(Issuer.Keys.Fetched from, Plan plan) {
    FetchedKeys before = fetched.get(from);
    return before != null
        ? before
        : new FetchedKeys(
                vertx,
                from,
                new JwksClient(http(plan, from.certificateAuthority())),
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
