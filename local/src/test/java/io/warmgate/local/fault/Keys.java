package io.warmgate.local.fault;

import static io.warmgate.local.fault.FaultCluster.PATIENCE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.io.IOException;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.awaitility.core.ConditionFactory;

/** API keys that the operator made for consumers of a {@link FaultCluster}. */
record Keys(FaultCluster cluster, String path) {
  /** Waits for the key that the operator makes. */
  String of(String consumer, String key) {
    return soon().until(() -> found(consumer, key), Optional::isPresent).get();
  }

  private static ConditionFactory soon() {
    return await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(10)).atMost(PATIENCE);
  }

  private Optional<String> found(String consumer, String key) {
    return Optional.ofNullable(secret(consumer, key).get())
        .map(found -> new String(Base64.getDecoder().decode(found.getData().get("apiKey")), UTF_8));
  }

  /** Where it is. */
  Resource<Secret> secret(String consumer, String key) {
    return cluster.client().secrets().inNamespace("default").withName(consumer + "-" + key);
  }

  /** Waits until every pod answers it out of its cache. */
  void awaitHits(String key) {
    for (RunningPod pod : cluster.gateways()) {
      soon()
          .until(
              () -> {
                Answer answer = ask(pod, key);
                return answer.status() == 200 && answer.isHit();
              });
    }
  }

  Answer ask(RunningPod pod, String key) throws IOException {
    try (HttpConnection connection = HttpConnection.open(pod.at(FaultCluster.PORT), PATIENCE)) {
      return connection.get(path, Map.of("X-API-Key", key));
    }
  }

  /** Clients with this key, whose every answer is a hit. */
  Load.Script hits(String key) {
    return new Load.Script() {
      @Override
      public Load.Ask next(RandomGenerator random) {
        return new Hit(path, Map.of("X-API-Key", key));
      }
    };
  }

  private record Hit(String path, Map<String, String> fields) implements Load.Ask {
    @Override
    public Optional<String> impossible(Answer answer) {
      return answer.status() == 200 && answer.isHit()
          ? Optional.empty()
          : Optional.of("no hit: " + answer.status());
    }
  }
}
