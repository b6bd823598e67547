package io.heapspec.internal.agent;

import io.heapspec.internal.util.VmFlags;
import java.lang.instrument.Instrumentation;
import net.bytebuddy.agent.ByteBuddyAgent;

/** How HeapSpec comes to change code: as the agent that the JVM was started with, else by attaching to the JVM it runs in. */
final class Attachment {

    private static final String OTHERWISE = "; start it with -javaagent:heapspec.jar";

    private Attachment() {}

    /**
     * Returns the JVM's own means to change code.
     *
     * @throws AgentUnavailableException if this JVM allows no agent
     */
    static Instrumentation instrumentation() throws AgentUnavailableException {
        Instrumentation given = HeapSpecAgent.given();
        if (given != null) {
            return given;
        }
        if (VmFlags.isSet("DisableAttachMechanism")) {
            throw new AgentUnavailableException(
                    "this JVM lets nobody attach (-XX:+DisableAttachMechanism)" + OTHERWISE);
        }
        if (VmFlags.isCleared("EnableDynamicAgentLoading")) {
            throw new AgentUnavailableException(
                    "this JVM takes no agent while it runs (-XX:-EnableDynamicAgentLoading)" + OTHERWISE);
        }
        try {
            return ByteBuddyAgent.install();
        } catch (IllegalStateException | SecurityException refused) {
            throw new AgentUnavailableException("attaching to this JVM failed" + OTHERWISE, refused);
        }
    }
}
