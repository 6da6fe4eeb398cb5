"use client";

import { Button } from "@/components/ui/button";
import { Table } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { Result } from "@/lib/action";
import { describeDevice } from "./describe-device";
import { useAction } from "./use-action";

export type Device = { id: string; userAgent: string; address: string; createdAt: Date; lastSeenAt: Date };
type End = (input: { id: string }) => Promise<Result<void>>;
type Props = { devices: Device[]; currentId: string | null; end: End };

export function Devices({ devices, currentId, end }: Props) {
  return (
    <Table>
      <thead>
        <tr>
          <th scope="col" className="w-[34%]">
            Device
          </th>
          <th scope="col">Address</th>
          <th scope="col">Signed in</th>
          <th scope="col">Last seen</th>
          <th scope="col">
            <span className="sr-only">Actions</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {devices.map((device) => (
          <DeviceRow key={device.id} device={device} isCurrent={device.id === currentId} end={end} />
        ))}
      </tbody>
    </Table>
  );
}

function DeviceRow({ device, isCurrent, end }: { device: Device; isCurrent: boolean; end: End }) {
  const { submit, isPending, error } = useAction(end);
  const name = describeDevice(device.userAgent);
  return (
    <tr>
      <td data-phone="title" title={device.userAgent}>
        {name}
        {isCurrent && <span className="ml-2 text-xs font-medium text-accent">this one</span>}
      </td>
      <td data-phone="below" className="mono">
        {device.address}
      </td>
      <td>
        <Time at={device.createdAt} />
      </td>
      <td data-phone="below-right">
        <Time at={device.lastSeenAt} />
      </td>
      <td data-phone="right" className="text-right">
        {error && (
          <span role="alert" className="mr-2 text-xs text-red">
            {error.message}
          </span>
        )}
        {!isCurrent && (
          <Button
            size="small"
            aria-label={`Sign out ${name}`}
            aria-disabled={isPending}
            onClick={() => submit({ id: device.id })}
          >
            Sign out
          </Button>
        )}
      </td>
    </tr>
  );
}
