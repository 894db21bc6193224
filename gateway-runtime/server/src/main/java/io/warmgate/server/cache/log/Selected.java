package io.warmgate.server.cache.log;

import io.warmgate.config.admin.PurgeOrder;
import io.warmgate.config.admin.PurgeRequest;
import io.warmgate.httpcache.purge.Position;
import io.warmgate.httpcache.purge.PurgeTable;
import io.warmgate.httpcache.purge.Standing;
import io.warmgate.httpcache.purge.Subject;
import java.util.function.Predicate;

/** What a purge would name, found by the table that a purge is obeyed by. Any thread asks. */
public final class Selected implements Predicate<Subject> {
  private final PurgeTable table = new PurgeTable(Integer.MAX_VALUE);

  public Selected(PurgeRequest request) {
    table.apply(Orders.purge(new PurgeOrder("asked", request, null), Position.local(1), 0));
  }

  @Override
  public boolean test(Subject subject) {
    return !(table.standing(Position.ZERO, subject) instanceof Standing.Untouched);
  }
}
