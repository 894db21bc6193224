package io.warmgate.operator.gather;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** All objects of a kind in the watched namespaces, or those of them with a label. */
final class KindWatch<T extends HasMetadata> implements AutoCloseable {
  private final Class<T> kind;
  private final List<SharedIndexInformer<T>> informers = new ArrayList<>();
  private final AtomicLong changes = new AtomicLong();

  /**
   * @param label null: every object
   * @param prune drops from a fresh object what is not read
   */
  KindWatch(
      KubernetesClient client,
      WatchedNamespaces namespaces,
      Class<T> kind,
      @Nullable String label,
      Consumer<T> prune) {
    this.kind = kind;
    if (namespaces.all()) {
      add(labelled(client.resources(kind).inAnyNamespace(), label), prune);
    } else {
      namespaces
          .names()
          .forEach(name -> add(labelled(client.resources(kind).inNamespace(name), label), prune));
    }
  }

  private static <T> FilterWatchListDeletable<T, ?, ?> labelled(
      FilterWatchListDeletable<T, ?, ?> objects, @Nullable String label) {
    return label == null ? objects : (FilterWatchListDeletable<T, ?, ?>) objects.withLabel(label);
  }

  private void add(FilterWatchListDeletable<T, ?, ?> objects, Consumer<T> prune) {
    // A store each: a list of one namespace replaces all that its store holds.
    informers.add(objects.runnableInformer(0).itemStore(new PrunedStore<>(prune)));
  }

  KindWatch<T> on(ResourceEventHandler<T> handler) {
    informers.forEach(informer -> informer.addEventHandler(new Counting(handler)));
    return this;
  }

  /**
   * Watches until closed; returns when what there is now is known.
   *
   * @throws WatchFailed where it cannot be listed
   */
  void start() {
    try {
      CompletableFuture.allOf(
              informers.stream()
                  .map(informer -> informer.start().toCompletableFuture())
                  .toArray(CompletableFuture[]::new))
          .join();
    } catch (CompletionException e) {
      throw new WatchFailed(HasMetadata.getPlural(kind), HasMetadata.getGroup(kind), root(e));
    }
  }

  private static Throwable root(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof KubernetesClientException refused && refused.getCode() > 0) {
        return refused;
      }
    }
    return e.getCause() == null ? e : e.getCause();
  }

  boolean alive() {
    return informers.stream().allMatch(SharedIndexInformer::isRunning);
  }

  /** Counts up when something has changed: what was read before that may be out of date. */
  long changes() {
    return changes.get();
  }

  List<T> in(String namespace) {
    List<T> found = new ArrayList<>();
    for (SharedIndexInformer<T> informer : informers) {
      found.addAll(informer.getIndexer().byIndex(Cache.NAMESPACE_INDEX, namespace));
    }
    return found;
  }

  List<T> everywhere() {
    List<T> found = new ArrayList<>();
    informers.forEach(informer -> found.addAll(informer.getIndexer().list()));
    return found;
  }

  Optional<T> get(String namespace, String name) {
    String key = Cache.namespaceKeyFunc(namespace, name);
    return informers.stream()
        .map(informer -> Optional.ofNullable(informer.getIndexer().getByKey(key)))
        .flatMap(Optional::stream)
        .findFirst();
  }

  @Override
  public void close() {
    informers.forEach(SharedIndexInformer::close);
  }

  /** Counts before it tells: who is told and looks does not find the count of before. */
  private final class Counting implements ResourceEventHandler<T> {
    private final ResourceEventHandler<T> told;

    Counting(ResourceEventHandler<T> told) {
      this.told = told;
    }

    @Override
    public void onAdd(T object) {
      changes.incrementAndGet();
      told.onAdd(object);
    }

    @Override
    public void onUpdate(T before, T now) {
      changes.incrementAndGet();
      told.onUpdate(before, now);
    }

    @Override
    public void onDelete(T object, boolean unknownState) {
      changes.incrementAndGet();
      told.onDelete(object, unknownState);
    }
  }
}
