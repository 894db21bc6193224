package io.warmgate.server.warm;

import io.warmgate.config.ConfigException;
import io.warmgate.config.Json;
import io.warmgate.config.admin.HotRequests.Hot;
import io.warmgate.config.admin.WarmRequest;
import io.warmgate.server.hot.HotView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What all pods of a gateway are asked most for, as they tell each other: the heaviest first.
 *
 * @param requests at most {@value #MOST}
 */
record SharedHot(List<OfRoute> requests) {
  static final int MOST = 1_000;

  /** In bytes, as written. */
  private static final int LARGEST = 1 << 20;

  /** What the others said counts so much less each time one pod adds its own. */
  private static final double KEPT = 0.8;

  static final SharedHot NONE = new SharedHot(List.of());

  /** A request to a route. */
  record OfRoute(String route, Hot hot) {}

  private record Key(String route, WarmRequest request) {}

  SharedHot {
    requests = List.copyOf(requests);
  }

  /** What cannot be read is not there: another version may have written it. */
  static SharedHot read(byte[] json) {
    try {
      return Json.read(json, SharedHot.class);
    } catch (ConfigException _) {
      return NONE;
    }
  }

  byte[] write() {
    byte[] json = Json.write(this);
    return json.length <= LARGEST
        ? json
        : new SharedHot(requests.subList(0, requests.size() / 2)).write();
  }

  /** With what one pod saw. */
  SharedHot with(List<HotView> own) {
    Map<Key, Hot> merged = new HashMap<>();
    for (OfRoute one : requests) {
      Hot hot = one.hot();
      merged.put(new Key(one.route(), hot.request()), new Hot(hot.request(), hot.weight() * KEPT));
    }
    for (HotView view : own) {
      for (HotView.Line line : view.heaviest()) {
        Hot hot = new Hot(line.sighting().request(), line.weight());
        merged.merge(new Key(view.route(), hot.request()), hot, SharedHot::sum);
      }
    }
    List<OfRoute> all = new ArrayList<>();
    merged.forEach((key, hot) -> all.add(new OfRoute(key.route(), hot)));
    all.sort(Comparator.comparingDouble((OfRoute one) -> one.hot().weight()).reversed());
    return new SharedHot(all.subList(0, Math.min(MOST, all.size())));
  }

  private static Hot sum(Hot one, Hot other) {
    return new Hot(other.request(), one.weight() + other.weight());
  }
}
