package io.warmgate.server.cache.redis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the user of {@code docs/redis.md} may not do. */
class GatewayUserIT {
  private final RealRedis redis = RealRedis.asUser("mine");

  @BeforeEach
  void begin() {
    redis.start();
  }

  @AfterEach
  void end() {
    redis.close();
  }

  private String ask(String command) {
    RedisAddress as = redis.address();
    String answer = redis.ask("AUTH " + as.username() + " " + as.password() + "\r\n" + command);
    assertThat(answer).startsWith("+OK\r\n");
    return answer.substring("+OK\r\n".length());
  }

  @Test
  void itsOwnKeysAreItsToUse() {
    assertThat(ask("SET wg:{mine}:a b")).isEqualTo("+OK\r\n");
    assertThat(ask("GET wg:{mine}:a")).isEqualTo("$1\r\nb\r\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET wg:{other}:e:key",
        "SET wg:{other}:e:key x",
        "XADD wg:{other}:log * purge {}",
        "EVAL \"return redis.call('GET','wg:{other}:a')\" 0",
        "PUBLISH wg:{other}:leases x",
        "SUBSCRIBE wg:{other}:leases",
        "PSUBSCRIBE *",
        "KEYS *",
        "SCAN 0",
        "RANDOMKEY",
        "FLUSHALL",
        "FLUSHDB",
        "CONFIG GET *",
        "ACL LIST",
        "CLIENT LIST",
        "CLIENT KILL TYPE normal",
        "MONITOR",
        "SCRIPT FLUSH",
        "SHUTDOWN",
        "REPLICAOF 127.0.0.1 1",
        "EVAL \"return redis.call('FLUSHALL')\" 0",
      })
  void nothingElseIs(String command) {
    assertThat(ask(command))
        .startsWith("-")
        .containsAnyOf("NOPERM", "can't access at least one of the keys", "can't run this command");
  }
}
