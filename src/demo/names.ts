import type { Random } from './random.ts';

const first =
  `Aaliyah Abigail Adeola Ahmed Aisha Alasdair Alice Amara Amelia Amir Andrew Angharad Anita Anjali Anna
Anthony Arjun Ayesha Beatrice Ben Bethan Blessing Bronwen Callum Carys Catherine Charlotte Chidi Chloe Claire Colin
Craig Daniel David Deborah Declan Dev Dilys Divya Dylan Edward Efua Eilidh Eleanor Elin Emeka Emily Emma Esther Ewan
Farah Fatima Fergus Fiona Frances Gareth George Geraint Grace Graham Gwen Hamza Hannah Harriet Harpreet Hassan Heather
Helen Huw Ian Imogen Imran Isla Jack Jade James Jamila Jasmine Jean Jennifer Jia Joanna John Joseph Joyce Julia Karen
Kate Kavita Keira Kieran Kofi Kwame Laura Leah Leon Lewis Li Liam Lowri Lucy Luke Mairi Malik Manisha Marcus Margaret
Maria Mark Martha Mary Matthew Maya Megan Mei Michael Mohammed Moira Morag Nadia Naomi Natalie Neil Ngozi Niamh Nikhil
Nisha Nora Oliver Olivia Omar Owen Patricia Paul Peter Philip Pooja Priya Rachel Rahul Raj Rebecca Rhian Rhys Robert
Rosie Ruth Sadia Sally Samuel Sana Sarah Sean Shanice Sian Simon Simran Sioned Sophie Stephen Stuart Sunita Susan Tariq
Teresa Thomas Tom Uzma Victoria Vikram Wei William Yasmin Yusuf Zainab Zoe`.split(/\s+/);

const last =
  `Abbott Adebayo Adeyemi Agarwal Ahmed Akhtar Ali Allen Amoah Anderson Andrews Archer Armstrong Ashworth
Atkinson Bailey Baker Banerjee Barnes Barrett Begum Bell Bennett Bevan Bhatt Booth Bowen Boyle Bradley Brennan Brooks
Burgess Burke Campbell Carr Carter Chambers Chan Chaudhry Chen Clarke Coleman Cooper Cox Crawford Cunningham Das
Davies Dawson Dean Desai Devlin Dixon Doherty Douglas Doyle Eaton Edwards Elliott Ellis Evans Farrell Ferguson Fisher
Fletcher Forbes Foster Fox Francis Fraser Gallagher Gardner Ghosh Gibson Gill Gordon Graham Grant Gray Green Griffiths
Gupta Hall Hamilton Harris Harvey Hayes Henderson Hill Holmes Hopkins Howell Hughes Hunter Hussain Hutchinson Iqbal
Jackson Jenkins Johnson Johnston Jones Joshi Kapoor Kaur Kelly Kennedy Khan King Knight Kumar Lawson Lee Lewis Lloyd
Lowe Lynch MacDonald Mackenzie Mahmood Malik Marshall Martin Mason Matthews McCarthy McLean Mehta Mensah Mills Mitchell
Moore Morgan Morris Mukherjee Murphy Murray Nair Newton Nwosu Obi OBrien Okafor Okoye Oliver Osei Owen Owusu Palmer
Parker Parry Patel Pearce Perera Phillips Powell Price Pritchard Qureshi Rahman Ramsay Rao Rees Reid Reynolds Richards
Roberts Robinson Rogers Ross Russell Ryan Saunders Scott Shah Sharma Shaw Sheikh Simpson Singh Sinclair Smith Spencer
Stevens Stewart Sullivan Sutherland Taylor Thomas Thompson Tucker Turner Vaughan Wallace Walsh Ward Watson Webb West
White Williams Wilson Wong Wood Wright Yeung Young`.split(/\s+/);

const titles = [
  'Head of digital services',
  'Chief information officer',
  'ICT business partner',
  'Service desk manager',
  'Infrastructure engineer',
  'Network and security lead',
  'Information governance officer',
  'Data analyst',
  'GIS manager',
  'Business analyst',
  'Project manager, digital',
  'Applications support officer',
  'Web and content manager',
  'Enterprise architect',
];

/** A human of the demo as they are called: invented. */
export interface Called {
  name: string;
  email: string;
}

/** A name that nobody else of the demo has, and an address at a domain that cannot exist (RFC 2606). */
export function callSomebody(random: Random, taken: Set<string>, domain: string): Called {
  for (;;) {
    const given = random.pick(first);
    const family = random.pick(last).replace('OBrien', 'O’Brien');
    const name = `${given} ${family}`;
    const middle = taken.has(name) ? ` ${random.pick([...'ABCDEFGHJKLMNPRST'])}.` : '';
    const whole = `${given}${middle} ${family}`;
    if (taken.has(whole)) continue;
    taken.add(whole);
    const local = whole
      .toLowerCase()
      .replace(/[^a-z ]/g, '')
      .replace(/ +/g, '.');
    return { name: whole, email: `${local}@${domain}` };
  }
}

/** A title such as a post in a council's digital services has. */
export function postTitle(random: Random): string {
  return random.pick(titles);
}
