package io.warmgate.server.cache.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A Redis that is held, or that answers too late. */
class RedisLinkIT {
  private final RealRedis redis = RealRedis.started();
  private final SlowWire wire = new SlowWire(redis.address().port());
  private final Vertx vertx = Vertx.vertx();
  private final Context loop = vertx.getOrCreateContext();
  private final RedisLink link =
      new RedisLink(vertx, new RedisAddress("127.0.0.1", wire.port(), null, null));

  @AfterEach
  void end() throws Exception {
    link.close();
    vertx.close().await(10, TimeUnit.SECONDS);
    wire.close();
    redis.close();
  }

  private Future<Response> ask() {
    return Future.future(
        done -> loop.runOnContext(_ -> link.send(Request.cmd(Command.PING), 25).onComplete(done)));
  }

  /** Whether an answer came. Who waited for none is counted. */
  private boolean answered(int[] waits) {
    try {
      ask().await(10, TimeUnit.SECONDS);
      return true;
    } catch (RedisAway _) {
      return false;
    } catch (Exception _) {
      waits[0]++;
      return false;
    }
  }

  private void awaitAnswer() {
    await().atMost(10, TimeUnit.SECONDS).until(() -> answered(new int[1]));
  }

  /** Asks for so long, and counts who had to wait for nothing. */
  private int waitsWithin(long millis) {
    int[] waits = new int[1];
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    while (System.nanoTime() < end) {
      answered(waits);
    }
    return waits[0];
  }

  @Test
  void oneRequestWaitsForARedisThatIsHeld() {
    awaitAnswer();
    redis.pause();
    assertThat(waitsWithin(1_500)).isEqualTo(1);
    redis.resume();
    awaitAnswer();
  }

  @Test
  void oneRequestWaitsForARedisThatAnswersTooLate() {
    awaitAnswer();
    wire.delay(100);
    assertThat(waitsWithin(1_500)).isEqualTo(1);
    wire.delay(0);
    awaitAnswer();
  }
}
