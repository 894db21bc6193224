package io.warmgate.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.warmgate.crd.v1alpha1.RedisCache;
import io.warmgate.kube.FreePort;
import io.warmgate.kube.RealKube;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import redis.embedded.RedisServer;
import redis.embedded.core.ExecutableProvider;
import redis.embedded.core.RedisServerBuilder;

/**
 * What a RedisCache says of a server that somebody else runs: real servers, asked by the operator.
 */
@RealKube
class ExternalRedisIT {
  private final List<RedisServer> servers = new ArrayList<>();
  private final Cluster cluster;

  ExternalRedisIT(KubernetesClient client) {
    cluster = Cluster.withOperator(client);
  }

  @AfterEach
  void stop() throws IOException {
    cluster.close();
    for (RedisServer server : servers) {
      server.stop();
    }
  }

  /** Of the machine's PATH, else the one that embedded-redis brings. */
  private static ExecutableProvider program() {
    try {
      return ExecutableProvider.newExecutableInPath("redis-server");
    } catch (FileNotFoundException e) {
      return ExecutableProvider.newJarResourceProvider();
    }
  }

  private void serve(int port, String... settings) throws IOException {
    RedisServerBuilder builder =
        RedisServer.newRedisServer()
            .executableProvider(program())
            .port(port)
            .bind("127.0.0.1")
            .setting("save \"\"");
    for (String setting : settings) {
      builder.setting(setting);
    }
    RedisServer server = builder.build();
    server.start();
    servers.add(server);
  }

  private void attach(String name, int port) {
    cluster.apply(Yaml.externalRedis(name, "endpoint: '127.0.0.1:%d'".formatted(port)));
  }

  private void attach(String name, int port, String password) {
    cluster.apply(Yaml.secret(name, password));
    cluster.apply(
        Yaml.externalRedis(
            name, "endpoint: '127.0.0.1:%d', secretRef: {name: %s}".formatted(port, name)));
  }

  private Optional<Condition> condition(String redis, String type) {
    RedisCache cache = cluster.get(RedisCache.class, redis);
    return cache.getStatus() == null
        ? Optional.empty()
        : cache.getStatus().conditions().stream()
            .filter(condition -> condition.getType().equals(type))
            .findFirst();
  }

  private void awaitCondition(String redis, String type, String expected) {
    await()
        .atMost(Duration.ofSeconds(40)) // a server is looked at every 15 s
        .untilAsserted(
            () ->
                assertThat(condition(redis, type))
                    .map(found -> found.getStatus() + "/" + found.getReason())
                    .contains(expected));
  }

  @Test
  void aPasswordIsTriedAndOneThatIsWrongOrMissingIsTold() throws IOException {
    int port = FreePort.onLoopback();
    serve(port, "requirepass right");
    attach("known", port, "right");
    attach("guessed", port, "wrong");
    attach("unnamed", port);
    awaitCondition("known", "Ready", "True/Ready");
    awaitCondition("known", "Degraded", "False/AsExpected");
    awaitCondition("guessed", "Ready", "False/Unauthorized");
    awaitCondition("unnamed", "Ready", "False/Unauthorized");
    cluster.apply(Yaml.secret("guessed", "right"));
    awaitCondition("guessed", "Ready", "True/Ready");
  }

  @Test
  void oneThatDoesNotAnswerIsAskedAgain() throws IOException {
    int port = FreePort.onLoopback();
    attach("late", port);
    awaitCondition("late", "Ready", "False/Unreachable");
    serve(port);
    awaitCondition("late", "Ready", "True/Ready");
  }

  @Test
  void oneThatMayEvictTheLogIsDegradedAndTheCureIsNamed() throws IOException {
    int port = FreePort.onLoopback();
    serve(port, "maxmemory-policy allkeys-lru");
    attach("evicting", port);
    awaitCondition("evicting", "Ready", "True/Ready");
    awaitCondition("evicting", "Degraded", "True/EvictsLog");
    assertThat(condition("evicting", "Degraded"))
        .map(Condition::getMessage)
        .hasValueSatisfying(
            message ->
                assertThat(message).contains("allkeys-").contains("set a volatile-* policy"));
  }
}
