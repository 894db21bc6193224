package io.warmgate.server.cache;

import io.warmgate.server.cache.redis.RedisAddress;
import java.io.IOException;

/** A pod that is a process of its own. Prints its port when it serves; ends with its input. */
public final class SmallHeapPod {
  private SmallHeapPod() {}

  /**
   * @param arguments ports of the origin and of Redis
   */
  public static void main(String... arguments) throws IOException {
    int origin = Integer.parseInt(arguments[0]);
    RedisAddress redis = new RedisAddress("127.0.0.1", Integer.parseInt(arguments[1]), null, null);
    Pod pod = new Pod();
    pod.serve(origin, Pod.HONOR, "g1", redis).awaitRedis();
    System.out.println("port " + pod.port);
    System.out.flush();
    while (System.in.read() >= 0) {}
    Runtime.getRuntime().halt(0);
  }
}
