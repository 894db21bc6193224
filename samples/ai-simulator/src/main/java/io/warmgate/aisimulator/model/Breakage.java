package io.warmgate.aisimulator.model;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * How an answer breaks off.
 *
 * @param how what happens
 * @param afterEvents after how many events of a stream; not for {@link How#NO_TERMINAL} and {@link
 *     How#NO_FINISH}
 */
public record Breakage(@JsonProperty(required = true) How how, int afterEvents) {
  /** What happens. A plain answer knows CUT and STALL, after half of its bytes. */
  public enum How {
    /** The connection is closed. */
    CUT,
    /** Nothing more is sent, the connection stays. */
    STALL,
    /** The provider's error event is the last one. */
    ERROR,
    /**
     * The stream ends without {@code [DONE]}, {@code message_stop} or {@code response.completed}.
     */
    NO_TERMINAL,
    /**
     * The stream ends well, without a reason why: no {@code finish_reason}, no {@code stop_reason}.
     */
    NO_FINISH
  }
}
