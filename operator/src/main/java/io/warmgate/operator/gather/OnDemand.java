package io.warmgate.operator.gather;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Informers that live as long as somebody refers to what they watch: a Secret by name, the slices
 * of some Services. One that may not list or cannot is tried again; that is a state, not a crash.
 *
 * @param <O> who refers: told of every change
 * @param <K> what is watched
 */
final class OnDemand<O, K, T extends HasMetadata> implements AutoCloseable {
  /** What a first list may take; longer is {@link Seen.Unknown} and goes on beside. */
  private static final Duration FIRST_LIST = Duration.ofSeconds(5);

  private static final Duration RETRY = Duration.ofSeconds(10);

  private final @Nullable ServedKind kind;
  private final Function<K, SharedIndexInformer<T>> informers;
  private final Consumer<O> changed;
  private final Map<O, Set<K>> wanted = new HashMap<>();
  private final Map<K, Entry> entries = new HashMap<>();

  OnDemand(Function<K, SharedIndexInformer<T>> informers, Consumer<O> changed) {
    this(null, informers, changed);
  }

  /**
   * @param kind asked before anything is watched; null: it is always served
   */
  OnDemand(
      @Nullable ServedKind kind,
      Function<K, SharedIndexInformer<T>> informers,
      Consumer<O> changed) {
    this.kind = kind;
    this.informers = informers;
    this.changed = changed;
  }

  private final class Entry {
    final K key;
    @Nullable SharedIndexInformer<T> informer;
    Seen<T> trouble = new Seen.Unknown<>();
    boolean synced;

    Entry(K key) {
      this.key = key;
    }
  }

  /** From now on the owner refers to these; what nobody refers to any more is closed. */
  void want(O owner, Set<K> keys) {
    Map<K, CompletableFuture<Void>> begun = new HashMap<>();
    synchronized (this) {
      if (keys.equals(wanted.get(owner))) {
        return;
      }
      wanted.put(owner, Set.copyOf(keys));
      for (K key : keys) {
        if (!entries.containsKey(key)) {
          Entry entry = new Entry(key);
          entries.put(key, entry);
          begun.put(key, begin(entry));
        }
      }
    }
    begun.values().forEach(OnDemand::await);
    closeUnwanted();
  }

  /** The owner refers to nothing any more. */
  void forget(O owner) {
    synchronized (this) {
      wanted.remove(owner);
    }
    closeUnwanted();
  }

  private synchronized void closeUnwanted() {
    Set<K> kept = new HashSet<>();
    wanted.values().forEach(kept::addAll);
    entries
        .values()
        .removeIf(
            entry -> {
              boolean gone = !kept.contains(entry.key);
              if (gone && entry.informer != null) {
                entry.informer.close();
              }
              return gone;
            });
  }

  private static void await(CompletableFuture<Void> begun) {
    try {
      begun.get(FIRST_LIST.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      // lookup says what is known: trouble, or not yet.
    }
  }

  private CompletableFuture<Void> begin(Entry entry) {
    return kind == null
        ? watch(entry)
        : kind.ask()
            .thenComposeAsync(served -> served ? watch(entry) : notServed(entry, kind.untilNext()));
  }

  private CompletableFuture<Void> notServed(Entry entry, Duration untilNext) {
    synchronized (this) {
      if (entries.get(entry.key) != entry) {
        return CompletableFuture.completedFuture(null);
      }
      entry.synced = false;
      entry.trouble = new Seen.NotServed<>();
    }
    later(untilNext).execute(() -> again(entry));
    changed(entry.key);
    return CompletableFuture.completedFuture(null);
  }

  private synchronized CompletableFuture<Void> watch(Entry entry) {
    if (entries.get(entry.key) != entry) {
      return CompletableFuture.completedFuture(null);
    }
    SharedIndexInformer<T> informer =
        informers.apply(entry.key).addEventHandler(new Changes(entry.key));
    entry.informer = informer;
    return informer
        .start()
        .toCompletableFuture()
        .whenComplete((_, failure) -> began(entry, informer, failure));
  }

  private void began(Entry entry, SharedIndexInformer<T> informer, @Nullable Throwable failure) {
    synchronized (this) {
      if (entries.get(entry.key) != entry) {
        informer.close();
        return;
      }
      entry.synced = failure == null;
      entry.trouble = trouble(failure);
    }
    if (failure != null) {
      informer.close();
      later(RETRY).execute(() -> again(entry));
    }
    changed(entry.key);
  }

  private static Executor later(Duration delay) {
    // Rounded up: who comes too early is given the answer of before.
    return CompletableFuture.delayedExecutor(delay.toMillis() + 1, TimeUnit.MILLISECONDS);
  }

  private synchronized void again(Entry entry) {
    if (entries.get(entry.key) == entry) {
      CompletableFuture<Void> _ = begin(entry);
    }
  }

  private static <T> Seen<T> trouble(@Nullable Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof KubernetesClientException refused && refused.getCode() == 403) {
        return new Seen.Forbidden<>();
      }
      if (cause instanceof KubernetesClientException refused && refused.getCode() == 404) {
        return new Seen.NotServed<>();
      }
    }
    return new Seen.Unknown<>();
  }

  synchronized Seen<T> lookup(K key) {
    Entry entry = entries.get(key);
    if (entry == null || !entry.synced || entry.informer == null) {
      return entry == null ? new Seen.Unknown<>() : entry.trouble;
    }
    return new Seen.Objects<>(entry.informer.getIndexer().list());
  }

  private void changed(K key) {
    Set<O> owners = new HashSet<>();
    synchronized (this) {
      wanted.forEach(
          (owner, keys) -> {
            if (keys.contains(key)) {
              owners.add(owner);
            }
          });
    }
    owners.forEach(changed);
  }

  @Override
  public synchronized void close() {
    wanted.clear();
    entries
        .values()
        .forEach(
            entry -> {
              if (entry.informer != null) {
                entry.informer.close();
              }
            });
    entries.clear();
  }

  private final class Changes implements ResourceEventHandler<T> {
    private final K key;

    Changes(K key) {
      this.key = key;
    }

    @Override
    public void onAdd(T object) {
      changed(key);
    }

    @Override
    public void onUpdate(T before, T now) {
      if (!before
          .getMetadata()
          .getResourceVersion()
          .equals(now.getMetadata().getResourceVersion())) {
        changed(key);
      }
    }

    @Override
    public void onDelete(T object, boolean unknownState) {
      changed(key);
    }
  }
}
