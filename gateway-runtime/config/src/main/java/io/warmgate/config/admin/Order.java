package io.warmgate.config.admin;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.jspecify.annotations.Nullable;

/**
 * What every pod of a gateway obeys, whichever way it comes by: the log, a push, or both. Which
 * kind it is shows in its fields. A runtime that does not know the kind passes it over in the log
 * and refuses it (422) where it is pushed.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.DEDUCTION)
@JsonSubTypes({@JsonSubTypes.Type(PurgeOrder.class), @JsonSubTypes.Type(RevokeOrder.class)})
public sealed interface Order permits PurgeOrder, RevokeOrder {

  /** Names it for good: obeying or appending it twice is once. */
  String id();

  /** Where it stands in the log; null where it could not be appended yet. */
  @Nullable PurgeReceipt logged();

  /** The same, at that place of the log; null: of none. */
  Order at(@Nullable PurgeReceipt receipt);
}
