package io.warmgate.operator.fleet;

import io.warmgate.config.admin.Order;
import io.warmgate.config.admin.PodState;
import io.warmgate.config.admin.RevokeOrder;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Keeps one pod at its {@link Target}: heartbeats, configuration and orders, each on a virtual
 * thread of its own, so that a pod slow in one is not silent in the others. What fails is tried
 * again with {@link Backoff}, and at once when the pod is heard again.
 */
final class PodLink implements AutoCloseable {
  private static final Duration BEAT = Duration.ofSeconds(1);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition moved = lock.newCondition();
  private final String address;
  private final Supplier<AdminClient> client;
  private final Runnable changed;
  private final List<Thread> lanes;
  private volatile GatewayPod pod;
  private volatile Target target;
  private volatile Contact contact = Contact.NONE;
  private volatile boolean open = true;

  /**
   * @param changed runs, on any thread, whenever {@link #view} says something new
   */
  PodLink(
      GatewayPod pod,
      String address,
      Target target,
      Supplier<AdminClient> client,
      Runnable changed) {
    this.pod = pod;
    this.address = address;
    this.target = target;
    this.client = client;
    this.changed = changed;
    this.lanes =
        List.of(
            lane("beat", this::beats),
            lane("configuration", () -> pushes(Push::configuration)),
            lane("order", () -> pushes(Push::order)));
  }

  private Thread lane(String name, Runnable loop) {
    return Thread.ofVirtual().name(pod.name() + " " + name).unstarted(loop);
  }

  void start() {
    lanes.forEach(Thread::start);
  }

  String address() {
    return address;
  }

  PodView view() {
    lock.lock();
    try {
      return PodView.of(pod, contact, target);
    } finally {
      lock.unlock();
    }
  }

  /** Whether it is still to say what it makes of what it should have. */
  boolean awaited() {
    lock.lock();
    try {
      return Push.awaited(target, contact);
    } finally {
      lock.unlock();
    }
  }

  /** How Kubernetes sees the pod now. */
  void seen(GatewayPod now) {
    set(() -> pod = now);
  }

  /** What the pod should have from now on. */
  void target(Target wanted) {
    set(() -> target = wanted);
  }

  private void set(Runnable change) {
    lock.lock();
    try {
      change.run();
      moved.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void beats() {
    int failures = 0;
    long heldSince = 0;
    while (open) {
      long now = System.nanoTime();
      heldSince = contact.served() == 0 || heldSince == 0 ? now : heldSince;
      Reply<PodState> reply = beat(Beat.of(target, contact, now - heldSince));
      failures = reply instanceof Reply.Done ? 0 : failures + 1;
      learn(known -> heard(known, reply));
      Duration pause = failures == 0 ? BEAT : min(BEAT, Backoff.after(failures));
      await(pause.minusNanos(System.nanoTime() - now), () -> Beat.urgent(target, contact));
    }
  }

  private Reply<PodState> beat(Beat beat) {
    return switch (beat) {
      case Beat.Ask() -> client.get().state(address);
      case Beat.Tell(var heartbeat) -> {
        learn(Contact::tellingNow); // before it is sent: it may arrive though its answer does not
        yield client.get().heartbeat(address, heartbeat);
      }
    };
  }

  /** What a lane sends next. */
  private interface Lane {
    Push next(Target target, Contact contact);
  }

  private void pushes(Lane lane) {
    int failures = 0;
    while (open) {
      Target wanted = target;
      Push push = lane.next(wanted, contact);
      if (push instanceof Push.Nothing) {
        await(BEAT.multipliedBy(60), () -> !(lane.next(target, contact) instanceof Push.Nothing));
        continue;
      }
      failures = push(push, wanted) ? 0 : failures + 1;
      if (failures > 0) {
        await(Backoff.after(failures), () -> false);
      }
    }
  }

  /** Whether the pod took it, or refused it for good. */
  private boolean push(Push push, Target wanted) {
    return switch (push) {
      case Push.Nothing() -> true;
      case Push.Values(var values) ->
          settle(
              client.get().values(address, values.json()),
              known -> known.tookValues(values.fingerprints()));
      case Push.Revision(var revision) -> revision(revision);
      case Push.Endpoints(var endpoints) ->
          settle(client.get().endpoints(address, endpoints), UnaryOperator.identity());
      case Push.Obey(var order) -> order(order, wanted);
    };
  }

  /**
   * A runtime that does not know revocations refuses them. It serves no revision that knows
   * anybody, so that nothing can be taken from one.
   */
  private boolean order(Order order, Target wanted) {
    UnaryOperator<Contact> obeyed = known -> known.purged(order, wanted.orders());
    Reply<PodState> reply = client.get().obey(address, order);
    if (order instanceof RevokeOrder
        && reply instanceof Reply.Refused<PodState>(int status, _)
        && status == 422) {
      learn(obeyed);
      return true;
    }
    return settle(reply, obeyed);
  }

  private boolean revision(Target.Document revision) {
    Reply<PodState> reply = client.get().revision(address, revision.json());
    if (reply instanceof Reply.Refused<PodState>(int status, var refusal) && status == 422) {
      learn(known -> known.refused(revision, refusal));
      return true;
    }
    return settle(reply, UnaryOperator.identity());
  }

  private boolean settle(Reply<PodState> reply, UnaryOperator<Contact> then) {
    boolean done = reply instanceof Reply.Done;
    learn(known -> done ? then.apply(heard(known, reply)) : heard(known, reply));
    return done;
  }

  private Contact heard(Contact known, Reply<PodState> reply) {
    return switch (reply) {
      case Reply.Done<PodState>(var state) -> known.heard(state, pod.uid());
      case Reply.Refused<PodState>(int status, var refusal) ->
          known.failed("it answered " + status + ": " + refusal.message());
      case Reply.Failed<PodState>(var problem) -> known.failed(problem);
    };
  }

  private void learn(UnaryOperator<Contact> event) {
    boolean news;
    lock.lock();
    try {
      PodView before = PodView.of(pod, contact, target);
      contact = event.apply(contact);
      news = PodView.of(pod, contact, target).saysMoreThan(before);
      moved.signalAll();
    } finally {
      lock.unlock();
    }
    if (news && open) {
      changed.run();
    }
  }

  private void await(Duration pause, BooleanSupplier until) {
    lock.lock();
    try {
      long left = pause.toNanos();
      while (open && left > 0 && !until.getAsBoolean()) {
        left = moved.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      open = false;
    } finally {
      lock.unlock();
    }
  }

  private static Duration min(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  /** Ends the lanes; a call under way is broken off. */
  @Override
  public void close() {
    open = false;
    lanes.forEach(Thread::interrupt);
  }
}
