package io.warmgate.operator.fake;

import io.warmgate.config.admin.ClientTraffic;
import io.warmgate.config.admin.Miss;
import io.warmgate.config.admin.OriginTraffic;
import io.warmgate.config.admin.ReleaseTraffic;
import io.warmgate.config.admin.RuleTraffic;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What pods of tests have counted. */
public final class Counted {
  private Counted() {}

  /** Clients' requests: hits, and misses by why. */
  public static ClientTraffic clients(long hits, Map<Miss, Long> misses) {
    return new ClientTraffic(
        0, hits, 0, 0, new TreeMap<>(misses), new TreeMap<>(), new ClientTraffic.Expired(0, 0));
  }

  /** Of a rule with one release. */
  public static RuleTraffic rule(String route, String rule, ClientTraffic clients) {
    return new RuleTraffic(
        route, rule, 0, List.of(new ReleaseTraffic("g1", 0, clients, OriginTraffic.NONE)));
  }

  /** Of a rule of shop/catalog. */
  public static RuleTraffic rule(long hits, long evicted) {
    return rule("shop/catalog", "products", clients(hits, Map.of(Miss.EVICTED, evicted)));
  }

  /** With misses that had all expired. */
  public static RuleTraffic expired(
      String route, String rule, long hits, long misses, long lifetimeMillis, long ageMillis) {
    ClientTraffic.Expired expired =
        new ClientTraffic.Expired(misses * lifetimeMillis, misses * ageMillis);
    ClientTraffic clients = clients(hits, Map.of(Miss.EXPIRED, misses));
    return rule(
        route,
        rule,
        new ClientTraffic(0, hits, 0, 0, clients.misses(), clients.notStored(), expired));
  }
}
