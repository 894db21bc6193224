package io.warmgate.server.upstream;

import io.warmgate.config.LoadBalancing;
import io.warmgate.server.routing.Hash;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** Chooses one of several endpoints. */
public sealed interface Balancer {

  /**
   * @param endpoints not empty
   * @param hash of what the request is hashed on; 0 where there is nothing
   */
  Endpoint pick(List<Endpoint> endpoints, long hash);

  static Balancer of(LoadBalancing.Policy policy) {
    return switch (policy) {
      case LEAST_REQUEST -> new LeastRequest();
      case ROUND_ROBIN -> new RoundRobin(new AtomicInteger());
      case CONSISTENT_HASH -> new Rendezvous();
    };
  }

  /**
   * The less busy one of two at random: within a constant of the best, without the herd that runs
   * to the one idle endpoint (Mitzenmacher, "The Power of Two Choices", 2001).
   */
  record LeastRequest() implements Balancer {
    @Override
    public Endpoint pick(List<Endpoint> endpoints, long hash) {
      int size = endpoints.size();
      if (size == 1) {
        return endpoints.get(0);
      }
      ThreadLocalRandom random = ThreadLocalRandom.current();
      int first = random.nextInt(size);
      int second = random.nextInt(size - 1);
      Endpoint one = endpoints.get(first);
      Endpoint other = endpoints.get(second >= first ? second + 1 : second);
      return other.active() < one.active() ? other : one;
    }
  }

  /** One after the other. */
  record RoundRobin(AtomicInteger next) implements Balancer {
    @Override
    public Endpoint pick(List<Endpoint> endpoints, long hash) {
      return endpoints.get(Math.floorMod(next.getAndIncrement(), endpoints.size()));
    }
  }

  /**
   * The endpoint whose hash with the request's is highest (Thaler and Ravishankar, 1998): when one
   * goes only its own values move, when one comes only the values it takes.
   */
  record Rendezvous() implements Balancer {
    @Override
    public Endpoint pick(List<Endpoint> endpoints, long hash) {
      Endpoint best = endpoints.get(0);
      long highest = score(best, hash);
      for (int i = 1; i < endpoints.size(); i++) {
        long score = score(endpoints.get(i), hash);
        if (Long.compareUnsigned(score, highest) > 0) {
          best = endpoints.get(i);
          highest = score;
        }
      }
      return best;
    }

    private static long score(Endpoint endpoint, long hash) {
      return Hash.mix(hash ^ Hash.of(endpoint.name()));
    }
  }
}
